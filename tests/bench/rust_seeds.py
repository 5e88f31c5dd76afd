#!/usr/bin/env python3
"""Seeded faults: how many of them do the frameworks' rules find in real code?

    rust_seeds.py RUSTDUMP RULE DIR...      SEEDS=40 of each folder at most

A seeder finds sound code by its own regular expressions, not by the rule's
eyes, breaks one place of it in a copy and names the line that the rule should
name. Prints the misses, and for each folder how many were found. Code of tests
is left out; so are values that cannot be a fault (numbers in SQL)."""
import os
import re
import subprocess
import sys
import tempfile


def close(text, at):
    """Where the bracket at `at` closes."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in '([{') - (text[i] in ')]}')
        if not depth:
            return i
    return len(text)


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
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()),
             a + len(text[a:b].rstrip()))
            for a, b in parts if text[a:b].strip()]


def line_of(text, at):
    return text[:at].count('\n') + 1


# axum-extractor-order: the body's argument moved to the front and by one place

BODY = re.compile(r'(\w*Json|\w*Form|Bytes|String|\w*Multipart|Request'
                  r'|RawForm|RawBody|Body|JsonLines)')
PLAIN_BODY = ('String', 'Bytes', 'Request', 'Multipart', 'Body', 'RawForm')
HANDLER = re.compile(r'\basync\s+fn\s+(\w+)\s*(?:<[^({]*>)?\s*\(')
ROUTE = re.compile(r'\b(?:get|post|put|patch|delete|any|on|fallback)(?:_with)?'
                   r'\(\s*([\w:]+)\s*(?:,\s*([\w:]+)\s*)?[,:<)]')
ROUTES = re.compile(r'routes!\(([^)]*)\)')


def axum_routed(texts):
    names = set()
    for text in texts:
        for m in ROUTE.finditer(text):
            names.update(n.rstrip(':').rpartition(':')[2]
                         for n in m.groups(''))
        for m in ROUTES.finditer(text):
            names.update(n.strip().rpartition(':')[2]
                         for n in m[1].split(','))
    return names


def axum(text, routed):
    if 'axum' not in text and 'aide' not in text:
        return
    for m in HANDLER.finditer(text):
        at, end = m.end() - 1, close(text, m.end() - 1)
        args = [(at + 1 + a, at + 1 + b) for a, b in split(text[at + 1:end])]
        if m[1] not in routed or len(args) < 2 or '//' in text[at:end]:
            continue
        type_ = re.sub(r'^.*?:(?!:)', '', text[slice(*args[-1])], flags=re.S)
        type_ = re.sub(r'^(Option|Result|Valid)<', '', type_.strip())
        head = re.match(r'[\s\w:]*?(\w+)\s*(<|$)', type_)
        if not head or not BODY.fullmatch(head[1]) or \
                not (head[2] or head[1] in PLAIN_BODY):
            continue
        for to in sorted({0, len(args) - 2}):
            if text[slice(*args[to])].strip('&').startswith('self'):
                continue
            order = [text[slice(*p)] for p in args]
            order.insert(to, order.pop())
            out, last = '', 0
            for (a, b), arg in zip(args, order):
                out, last = out + text[last:a] + arg, b
            yield line_of(text, args[to][0]), out + text[last:]


# sqlx-interpolated-query: the first bound value written into the text

CALL = re.compile(r'(?<![\w:])(?:sqlx::)?(?P<fn>query(?:_as|_scalar)?)'
                  r'(?P<generics>::<[^()]*?>)?(?P<bang>!?)\(\s*'
                  r'(?P<type>[\w:<>, ]+,\s*)?'
                  r'(?P<lit>r#"[^"]*"#|r?"(?:[^"\\]|\\.)*")', re.S)
BOUND = re.compile(r'(=|LIKE|\(|,)(\s*)(\$1\b|\?1?)')
NUMBER = (r'\b%s\s*:\s*(?:[\w:]+::)?(?:[iu](?:8|16|32|64|128|size)|f\d+|bool'
          r'|Uuid|OffsetDateTime|DateTime|\w+Key|\w+Number|\w+Uuid)\b'
          r'|let\s+%s\s*=[^;]*(?:last_insert_\w+|\bas\s+[iu]\d+)')


def first_value(text, end, bang):
    start = re.compile(r'\s*,\s*(?=\S)' if bang else
                       r'[\s),]*?\)\s*\.bind\(').match(text, end)
    if not start:
        return ''
    depth = 0
    for i in range(start.end(), min(len(text), start.end() + 400)):
        if text[i] in ')]},' and not depth:
            return text[start.end():i].strip()
        depth += (text[i] in '([{') - (text[i] in ')]}')
    return ''


def sqlx(text, _):
    if 'sqlx' not in text:
        return
    for m in CALL.finditer(text):
        lit, hole = m['lit'], BOUND.search(m['lit'])
        value = first_value(text, m.end(), m['bang'])
        if not hole or '{' in lit or not value or '//' in value or \
                re.search(r'^[\d"]|as [iu]\d|[iu]\d+::(?:try_)?from\(', value) or \
                re.fullmatch(r'[A-Z_:]+|.*::[A-Z]\w*(\.\w+\(\))?', value) or \
                re.search(NUMBER % ((re.escape(value),) * 2),
                          text[max(0, m.start() - 3000):m.start()]):
            continue
        form = 'format!(%s, %s)' % (
            lit[:hole.start(3)] + "'{}'" + lit[hole.end(3):],
            value.split(' as ')[0])
        call = 'sqlx::' + m['fn'] + (m['generics'] or '')
        head, tail = text[:m.start()], text[m.end():]
        if m['bang']:
            tail = tail[tail.find(')'):]
        yield line_of(text, m.start()), head + call + '(&' + form + tail
        yield (line_of(text, m.start()), head + '{ let sql = ' + form + '; ' +
               call + '(&sql) }' + tail[1:])


# sqlx-transaction-unfinished: the commit deleted

BEGIN = re.compile(r'let\s+(?:Ok\()?(?:mut\s+)?(\w+)\)?(?:\s*:[^=;]+)?\s*=\s*'
                   r'(?:match\s+)?[^;=]*?\.\s*(?:begin|begin_with|'
                   r'start_transaction)\s*\(')


def commit(text, _):
    if 'sqlx' not in text and 'sea_orm' not in text:
        return
    begins = [m for m in BEGIN.finditer(text)
              if not text[text.rfind('\n', 0, m.start()):m.start()]
              .strip().startswith('//')]
    for n, m in enumerate(begins):
        end = begins[n + 1].start() if n + 1 < len(begins) else len(text)
        gone = re.compile(r'\n[^\n]*\b%s\s*\.\s*commit\(\)\s*\.await[^;}]*'
                          r'[;}]' % m[1]).search(text, m.end(), end)
        if gone:
            yield line_of(text, m.start()), text[:gone.start()] + '\n' + (
                'Ok(()) }' if gone[0].endswith('}') else '') + \
                text[gone.end():]


# tonic-internal-error: whatever map_err makes becomes the error's own text

MAP_ERR = re.compile(r'\.map_err\(\s*\|(\w+)\|\s*')


def status(text, _):
    if 'tonic' not in text or 'Status' not in text:
        return
    for m in MAP_ERR.finditer(text):
        end = close(text, text.index('(', m.start()))
        if m[1] != '_' and 'Status::' in text[m.end():end]:
            yield line_of(text, m.end()), text[:m.end()] + \
                'Status::internal(%s.to_string())' % m[1] + text[end:]


# tonic-unbounded-stream: bounded channels behind a response made unbounded

def stream(text, _):
    if 'tonic' not in text:
        return
    for m in re.finditer(r'let \((?:mut )?\w+, (?:mut )?(\w+)\) = ([\w:]*)'
                         r'channel(?:::<[^(]*>)?\([^)]+\);', text):
        use = re.compile(r'(?<!\w)ReceiverStream::new\(%s\)' % m[1]).search(
            text, m.end(), m.end() + 6000)
        if use:
            yield line_of(text, m.start()), text[:m.start()] + \
                text[m.start():m.end()].replace('channel', 'unbounded_channel'
                                                ) + \
                text[m.end():use.start()] + 'Unbounded' + text[use.start():]


# arrow-row-loop: the downcast in front of a loop moved into it

CAST = re.compile(r'\n *let (\w+)[^;=]*=[^;]*?(?:downcast_ref::<[^;]*Array>'
                  r'|as_primitive::<[^;]*|as_string::<[^;]*)\(\)[^;]*;')


def row_loop(text, _):
    if 'arrow' not in text:
        return
    for m in CAST.finditer(text):
        loop = re.compile(r'for (\w+) in 0\.\.[^{;]*(?:len\(\)|rows?(?:\(\))?)'
                          r' \{').search(text, m.end(), m.end() + 1500)
        if loop and '}' not in text[m.end():loop.start()] and re.compile(
                r'\b%s\.(?:value|is_null|is_valid)\(%s\)' % (m[1], loop[1])
                ).search(text, loop.end(), loop.end() + 1500):
            bad = text[:m.start()] + text[m.end():loop.end()]
            cast = m[0][m[0].index('let'):].replace('\n', ' ')
            yield line_of(bad, len(bad)), bad + cast + text[loop.end():]


# datafusion-collect: a stream's loop over what is collected instead

def collect(text, _):
    if 'datafusion' not in text:
        return
    for m in re.finditer(r'let (?:mut )?(\w+) = ([\w.]+\.)?execute_stream\('
                         r'([^;]*)\)(?:\s*\.await)?\?;', text):
        loop = re.compile(r'while let Some\((?:Ok\()?(?:mut )?(\w+)\)+ =\s*%s\s*'
                          r'\.(?:next|try_next)\(\)\s*\.await\??' % m[1]
                          ).search(text, m.end(), m.end() + 2000)
        if not loop or bool(m[2]) == bool(m[3]):
            continue
        call = m[2] + 'collect()' if m[2] else \
            'datafusion::physical_plan::collect(%s)' % m[3].replace('\n', ' ')
        yield (line_of(text, m.start()),
               text[:m.start()] + 'let %s = %s.await?;' % (m[1], call) +
               text[m.end():loop.start()] +
               'for %s in %s' % (loop[1], m[1]) + text[loop.end():])


SEEDERS = {
    'axum-extractor-order': axum,
    'sqlx-interpolated-query': sqlx,
    'sqlx-transaction-unfinished': commit,
    'tonic-internal-error': status,
    'tonic-unbounded-stream': stream,
    'arrow-row-loop': row_loop,
    'datafusion-collect': collect,
}


def sources(top):
    for folder, dirs, files in os.walk(top, followlinks=True):
        dirs[:] = [d for d in dirs if 'generated' not in d and
                   d not in ('.git', 'target', 'tests', 'benches')]
        for name in sorted(files):
            if name.endswith('.rs') and not name.endswith('_test.rs'):
                path = os.path.join(folder, name)
                with open(path, encoding='utf-8', errors='replace') as f:
                    text = f.read()
                if '@generated' not in text[:2048] and \
                        'Generated by' not in text[:2048]:
                    yield path, re.split(
                        r'#\[cfg\(test\)\]\s*(?:pub.* )?mod ', text)[0]


def found(dump, rule, line, bad):
    with tempfile.TemporaryDirectory() as tmp:
        where = os.path.join(tmp, 'a.rs')
        with open(where, 'w', encoding='utf-8') as f:
            f.write(bad)
        rows = subprocess.run([dump, 'findings', where], capture_output=True,
                              text=True, check=True).stdout.splitlines()
    return any(r.split('\t')[1] == rule and r.split('\t')[3] == str(line)
               for r in rows)


def main():
    dump, rule = sys.argv[1:3]
    most = int(os.environ.get('SEEDS', '40'))
    for top in sys.argv[3:]:
        files, total, hits = list(sources(top)), 0, 0
        routed = axum_routed(t for _, t in files)
        for path, text in files:
            for line, bad in SEEDERS[rule](text, routed):
                if total == most:
                    break
                total += 1
                if found(dump, rule, line, bad):
                    hits += 1
                else:
                    print('missed %s:%d' % (path, line))
        print('%s: %d of %d found' % (top, hits, total))


main()
