#!/usr/bin/env python3
"""Seeded faults for axum-extractor-order: in every handler of a project that
takes the body last, move that argument to another place, one at a time, and
ask rustdump whether it is found there.

    rust_seed_axum.py RUSTDUMP DIR...

A handler is an async fn that some file of the project gives to a router (by
a regular expression, not by the rule's own eyes). Prints one line a miss and
a total for each project."""
import os
import re
import subprocess
import sys
import tempfile

BODY = re.compile(r'\b(\w*Json|\w*Form|Bytes|String|\w*Multipart|Request'
                  r'|RawForm|RawBody|Body|JsonLines|JsonDeserializer)\b')
PLAIN = ('String', 'Bytes', 'Request', 'Multipart', 'Body', 'RawForm')
FN = re.compile(r'\basync\s+fn\s+(\w+)\s*(<[^({]*>)?\s*\(')
ROUTE = re.compile(r'\b(?:get|post|put|patch|delete|any|on|fallback)'
                   r'(?:_with)?\(\s*([\w:]+)\s*(?:,\s*([\w:]+)\s*)?[,:<)]')
ROUTES = re.compile(r'routes!\(([^)]*)\)')


def split(text):
    """(start, end) of the parts between top commas."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c in '([{<':
            depth += 1
        elif c in ')]}' or (c == '>' and text[i - 1] not in '-='):
            depth -= 1
        elif c == ',' and not depth:
            parts.append((start, i))
            start = i + 1
    parts.append((start, len(text)))
    out = []
    for a, b in parts:
        s = text[a:b]
        if s.strip():
            a += len(s) - len(s.lstrip())
            out.append((a, a + len(s.strip())))
    return out


def close(text, at):
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in '([{') - (text[i] in ')]}')
        if not depth:
            return i
    return -1


def sources(top):
    for folder, dirs, files in os.walk(top, followlinks=True):
        dirs[:] = [d for d in dirs if d not in ('.git', 'target', 'tests')]
        for name in files:
            if name.endswith('.rs'):
                path = os.path.join(folder, name)
                yield path, open(path, encoding='utf-8',
                                 errors='replace').read()


def seeds(text, routed):
    for m in FN.finditer(text):
        if m[1] not in routed:
            continue
        at = m.end() - 1
        end = close(text, at)
        args = [(at + 1 + a, at + 1 + b)
                for a, b in split(text[at + 1:end])]
        typed = [text[a:b].rpartition(':')[2] if '<' not in text[a:b]
                 else text[a:b].partition(':')[2] for a, b in args]
        if len(args) < 2 or not BODY.search(typed[-1]) or \
                '//' in text[at:end] or 'Next' in typed[-1]:
            continue
        head = re.match(r'[\s\w:]*?(\w+)\s*(<|$)', typed[-1].strip())
        if not head or not (BODY.fullmatch(head[1]) or
                            head[1] in ('Option', 'Result', 'Valid')) or \
                not (head[2] or head[1] in PLAIN):
            continue
        for to in {0, len(args) - 2}:
            if text[slice(*args[to])].strip().lstrip('&').startswith('self'):
                continue
            order = [text[slice(*p)] for p in args]
            order.insert(to, order.pop())
            out, last = '', 0
            for (a, b), arg in zip(args, order):
                out += text[last:a] + arg
                last = b
            line = text[:args[to][0]].count('\n') + 1
            yield m[1], line, out + text[last:]


def main():
    dump = sys.argv[1]
    for top in sys.argv[2:]:
        files = list(sources(top))
        routed = set()
        for path, text in files:
            for m in ROUTE.finditer(text):
                for n in m.groups(''):
                    routed.add(n.rstrip(':').rpartition(':')[2])
            for m in ROUTES.finditer(text):
                routed.update(n.strip().rpartition(':')[2]
                              for n in m[1].split(','))
        total = found = 0
        for path, text in files:
            if 'axum' not in text and 'aide' not in text:
                continue
            for name, line, bad in seeds(text, routed):
                with tempfile.TemporaryDirectory() as tmp:
                    where = os.path.join(tmp, 'a.rs')
                    with open(where, 'w', encoding='utf-8') as f:
                        f.write(bad)
                    rows = subprocess.run(
                        [dump, 'findings', where], capture_output=True,
                        text=True, check=True).stdout.splitlines()
                total += 1
                if any(r.split('\t')[1] == 'axum-extractor-order' and
                       r.split('\t')[3] == str(line) for r in rows):
                    found += 1
                else:
                    print('missed %s: %s, line %d' % (path, name, line))
        print('%s: %d of %d found' % (top, found, total))


main()
