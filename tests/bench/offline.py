"""Measure offline reviews: offline.py REPO REVIEWS COSTS, see offline.sh."""
import collections
import os
import re
import subprocess
import sys

repo, reviews, costs = sys.argv[1:4]
PLACE = re.compile(r'(?<![\w/.:-])(`?)((?:[\w.+@-]+/)*[\w.+@-]+):(\d+)\1'
                   r'(\)?)( \(?before\)?)?')
COMMIT = {}


def blob_lines(rev, path):
    """How many lines a file of a revision has; None: it is not there."""
    key = (rev, path)
    if key not in COMMIT:
        p = subprocess.run(['git', '-C', repo, 'cat-file', 'blob',
                            f'{rev}:{path}'], capture_output=True)
        n = p.stdout.count(b'\n') + (not p.stdout.endswith(b'\n'))
        COMMIT[key] = n if p.returncode == 0 else None
    return COMMIT[key]


def exists(commit, path, line, before):
    """Is the place there, on the side it is said to be of?"""
    for rev in ([commit + '^'] if before else [commit]):
        n = blob_lines(rev, path)
        if n is not None and 1 <= line <= n:
            return True
    return False


def places(commit, text):
    """Every place that a line of a section names, with whether it is there.
    Code spans and quotations are the repository's own words."""
    if text.lstrip().startswith('>'):
        return
    head = re.sub(r'`[^`]*`', lambda m: m.group() if re.fullmatch(
        r'`[^`]+:\d+`', m.group()) else '', text)
    of_old = 'Lines are those before the change.' in text
    for m in PLACE.finditer(head):
        path, line = m.group(2), int(m.group(3))
        before = bool(m.group(5)) or of_old
        if '/' not in path and '.' not in path:
            continue
        yield path, line, before, exists(commit, path, line, before)


def sections(text):
    """The eight, without fences; and the ledger."""
    found, name, fence = collections.OrderedDict(), None, None
    for line in text.split('\n'):
        if fence:
            if line == fence:
                fence = None
            continue
        m = re.match(r'(`{3,})diff$', line)
        if m:
            fence = m.group(1)
        elif line.startswith('## '):
            name = line[3:]
            found[name] = []
        elif line == '---':
            name = 'ledger'
            found[name] = []
        elif name:
            found[name].append(line)
    return found


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p))] if values else 0


def shared(bodies):
    """Mean share of a review's lines that stand in another one, too."""
    seen = collections.Counter(l for b in bodies for l in set(b))
    shares = [sum(seen[l] > 1 for l in b) / len(b) for b in bodies if b]
    return 100 * sum(shares) / len(shares) if shares else 0


texts, with_fact, wrong, per_section = {}, [], [], collections.Counter()
for name in sorted(os.listdir(reviews)):
    if name.endswith('.md'):
        with open(os.path.join(reviews, name), encoding='utf-8') as f:
            texts[name[:-3]] = f.read()
for commit, text in texts.items():
    n, total = 0, 0
    for section, lines in sections(text).items():
        if section == 'ledger':
            continue
        good = False
        for line in lines:
            for path, at, before, there in places(commit, line):
                total += 1
                if there:
                    good = True
                else:
                    wrong.append((commit[:10], path, at, before))
        n += good
        per_section[section] += good
    with_fact.append(n)
cut = {c: sections(t) for c, t in texts.items()}
flat = {c: [l for n, ls in s.items() for l in ls if l.strip()]
        for c, s in cut.items()}
own = {c: [l for n, ls in s.items() if n != 'ledger'
           for l in ls if l.strip()] for c, s in cut.items()}
headed = {c: l + [f'## {n}' for n in cut[c] if n != 'ledger']
          for c, l in own.items()}
lengths = [t.split('\n---\n')[0].count('\n') for t in texts.values()]
times, peaks = [], []
with open(costs, encoding='utf-8') as f:
    for line in f:
        p = line.split()
        if len(p) == 3 and len(p[0]) == 40:
            times.append(float(p[1]) * 1000)
            peaks.append(int(p[2]) / 1024)
        else:
            print('failed:', line.strip())
n = len(texts)
print(f'{n} reviews of {repo}')
print(f'  sections with a fact and its place: '
      f'{sum(with_fact) / n:.2f} of 8 (least {min(with_fact)})')
print('  ' + ', '.join(f'{k.split()[0]} {100 * v // n} %'
                       for k, v in per_section.items()))
print(f'  lines also in another review: {shared(list(own.values())):.1f} %, '
      f'with headings {shared(list(headed.values())):.1f} %, '
      f'with the ledger {shared(list(flat.values())):.1f} %')
print(f'  lines: median {percentile(lengths, .5)}, p90 '
      f'{percentile(lengths, .9)}, most {max(lengths)}')
print(f'  ms: median {percentile(times, .5):.0f}, p90 '
      f'{percentile(times, .9):.0f}; MiB: median {percentile(peaks, .5):.0f}, '
      f'p90 {percentile(peaks, .9):.0f}, most {max(peaks):.0f}')
print(f'  places that are not there: {len(wrong)}')
for w in wrong[:10]:
    print('   ', *w)
