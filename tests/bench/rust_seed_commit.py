#!/usr/bin/env python3
"""Seeded faults for sqlx-transaction-unfinished: delete the commit of every
transaction of a project, one at a time, and ask rustdump whether the
transaction is found.

    rust_seed_commit.py RUSTDUMP DIR...

Prints one line a miss and a total for each project."""
import os
import re
import subprocess
import sys
import tempfile

BEGIN = re.compile(r'let\s+(?:Ok\()?(?:mut\s+)?(\w+)\)?(?:\s*:[^=;]+)?\s*=\s*'
                   r'(?:match\s+)?[^;=]*?\.\s*(?:begin|begin_with|'
                   r'start_transaction)\s*\(')


def sources(top):
    for folder, dirs, files in os.walk(top, followlinks=True):
        dirs[:] = [d for d in dirs
                   if d not in ('.git', 'target', 'tests', 'benches')]
        for name in files:
            if name.endswith('.rs'):
                path = os.path.join(folder, name)
                yield path, open(path, encoding='utf-8',
                                 errors='replace').read()


def seeds(text):
    begins = list(BEGIN.finditer(text))
    for n, m in enumerate(begins):
        end = begins[n + 1].start() if n + 1 < len(begins) else len(text)
        commit = re.compile(r'\n[^\n]*\b%s\s*\.\s*commit\(\)\s*\.await[^;}]*'
                            r'[;}]' % m[1]).search(text, m.end(), end)
        if not commit or '//' in text[m.start():m.start() + 3]:
            continue
        gone = commit[0]
        # a tail expression's value stays, as Ok
        bad = text[:commit.start()] + '\n' + \
            ('Ok(()) }' if gone.endswith('}') else '') + text[commit.end():]
        line = text[:m.start()].count('\n') + 1
        yield m[1], line, bad


def main():
    dump = sys.argv[1]
    for top in sys.argv[2:]:
        total = found = 0
        for path, text in sources(top):
            if 'sqlx' not in text and 'sea_orm' not in text:
                continue
            text = text.split('#[cfg(test)]\nmod ')[0]
            for name, line, bad in seeds(text):
                with tempfile.TemporaryDirectory() as tmp:
                    where = os.path.join(tmp, 'a.rs')
                    with open(where, 'w', encoding='utf-8') as f:
                        f.write(bad)
                    rows = subprocess.run(
                        [dump, 'findings', where], capture_output=True,
                        text=True, check=True).stdout.splitlines()
                total += 1
                if any(r.split('\t')[1] == 'sqlx-transaction-unfinished' and
                       r.split('\t')[3] == str(line) for r in rows):
                    found += 1
                else:
                    print('missed %s:%d %s' % (path, line, name))
        print('%s: %d of %d found' % (top, found, total))


main()
