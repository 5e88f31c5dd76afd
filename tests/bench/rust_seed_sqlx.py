#!/usr/bin/env python3
"""Seeded faults for sqlx-interpolated-query: in every query of a project that
binds its first parameter behind `=`, LIKE, `(` or `,`, write that value into
the text by format!, one at a time, and ask rustdump whether it is found there.

    rust_seed_sqlx.py RUSTDUMP DIR...

Each is tried as an argument and through a variable. Prints one line a miss
and a total for each project."""
import os
import re
import subprocess
import sys
import tempfile

CALL = re.compile(r'(?<![\w:])(?P<path>(?:sqlx::)?)(?P<fn>query(?:_as|_scalar)?)'
                  r'(?P<generics>::<[^()]*?>)?(?P<bang>!?)\(\s*'
                  r'(?P<type>[\w:<>, ]+,\s*)?'
                  r'(?P<lit>r#"[^"]*"#|r?"(?:[^"\\]|\\.)*")', re.S)
HOLE = re.compile(r'(=|LIKE|\(|,)(\s*)(\$1\b|\?1?)')
# what cannot hold SQL is no fault: numbers, ids of digits, constants
PLAIN = (r'\b%s\s*:\s*(?:[\w:]+::)?(?:[iu](?:8|16|32|64|128|size)|f\d+|bool'
         r'|Uuid|OffsetDateTime|DateTime|\w+Key|\w+Number|\w+Uuid)\b'
         r'|let\s+%s\s*=[^;]*(?:last_insert_\w+|\bas\s+[iu]\d+)')


def first_value(text, end, bang):
    """The first bound value, and where the argument list ends."""
    if bang:
        m = re.compile(r'\s*,\s*(?=\S)').match(text, end)
        start = m.end() if m else -1
    else:
        m = re.compile(r'[\s),]*?\)\s*\.bind\(').match(text, end)
        start = m.end() if m else -1
    if start < 0:
        return None
    depth = 0
    for i in range(start, min(len(text), start + 400)):
        if text[i] in ')]}' and not depth or text[i] == ',' and not depth:
            return text[start:i].strip() or None
        depth += (text[i] in '([{') - (text[i] in ')]}')
    return None


def seeds(text):
    for m in CALL.finditer(text):
        lit = m['lit']
        hole = HOLE.search(lit)
        if not hole or '{' in lit:
            continue
        value = first_value(text, m.end(), m['bang'])
        if not value or re.search(r'^[\d"]|as [iu]\d', value) or \
                '//' in value:
            continue
        if re.fullmatch(r'[A-Z_:]+|.*::[A-Z]\w*(\.\w+\(\))?', value) or \
                re.search(PLAIN % (re.escape(value), re.escape(value)),
                          text[max(0, m.start() - 3000):m.start()]):
            continue
        bad = lit[:hole.start(3)] + "'{}'" + lit[hole.end(3):]
        form = 'format!(%s, %s)' % (bad, value.split(' as ')[0])
        name = m['fn'] + (m['generics'] or '')
        line = text[:m.start()].count('\n') + 1
        head = text[:m.start()]
        tail = text[m.end():]
        if m['bang']:
            tail = ')' + tail[tail.find(')') + 1:]
        yield line, head + 'sqlx::' + name + '(&' + form + tail
        yield line, (head + '{ let sql = ' + form + '; sqlx::' + name +
                     '(&sql) }' + tail[1:])


def sources(top):
    for folder, dirs, files in os.walk(top, followlinks=True):
        dirs[:] = [d for d in dirs
                   if d not in ('.git', 'target', 'tests', 'benches')]
        for name in files:
            if name.endswith('.rs'):
                path = os.path.join(folder, name)
                yield path, open(path, encoding='utf-8',
                                 errors='replace').read()


def main():
    dump, most = sys.argv[1], int(os.environ.get('SEEDS', '40'))
    for top in sys.argv[2:]:
        total = found = 0
        for path, text in sources(top):
            if 'sqlx' not in text:
                continue
            test = text.find('#[cfg(test)]')
            for line, bad in seeds(text):
                if total >= most or \
                        0 <= test < len('\n'.join(text.split('\n')[:line])):
                    break
                with tempfile.TemporaryDirectory() as tmp:
                    where = os.path.join(tmp, 'a.rs')
                    with open(where, 'w', encoding='utf-8') as f:
                        f.write(bad)
                    rows = subprocess.run(
                        [dump, 'findings', where], capture_output=True,
                        text=True, check=True).stdout.splitlines()
                total += 1
                if any(r.split('\t')[1] == 'sqlx-interpolated-query' and
                       r.split('\t')[3] == str(line) for r in rows):
                    found += 1
                else:
                    print('missed %s:%d %s' % (path, line,
                                               bad.split('\n')[line - 1]))
        print('%s: %d of %d found' % (top, found, total))


main()
