#!/usr/bin/python3
"""clippy_oracle.py RULE: what clippy and a rule say of the same lines.

Standard input names crates; NAME.json are cargo's messages about each,
NAME.tsv the rows of `rustdump findings` (RULE `panics`: of `rustdump panics`),
NAME the crate's folder. Run by clippy-oracle.sh, which also asks for
	--lints RULE     the arguments that make clippy speak, and
	--manifest NAME  the manifest of a package of `cargo metadata`.
"""
import collections
import glob
import json
import os
import re
import sys

# A rule's lint, what warns wherever the lint might have (so that code which
# was not compiled is not counted), and which of its messages do.
RULES = {
    "unsafe-without-safety": (
        "clippy::undocumented_unsafe_blocks",
        "unsafe_code",
        ("usage of an `unsafe` block", "implementation of an `unsafe` trait"),
    ),
}


REASON = re.compile(
    r"\b(safe|sound|valid|guarant|ensure|invariant|because|since|bound"
    r"|initialized|owner|never|always|null|checked)", re.I)


def lines_of(name, lint, messages=None):
    """The (path, line) a lint names, but for what macros expand to."""
    found = set()
    with open(name + ".json", encoding="utf-8") as f:
        for row in map(json.loads, f):
            m = row.get("message") or {}
            if (m.get("code") or {}).get("code") != lint:
                continue
            if messages and m["message"] not in messages:
                continue
            for s in m["spans"]:
                if s["is_primary"] and not s["expansion"]:
                    found.add((s["file_name"], s["line_start"]))
    return found


def findings(name, rule):
    with open(name + ".tsv", encoding="utf-8") as f:
        rows = (row.rstrip("\n").split("\t") for row in f)
        return {(r[0], int(r[3])) for r in rows if r[1] == rule}


def meant(name, path, line):
    """Is the rule silent on purpose? It takes a comment first inside, one
    above the impl or the unsafe statement before, the heading "# Safety", a
    reason in other words, and does not speak in an unsafe fn."""
    with open(os.path.join(name, path), encoding="utf-8") as f:
        text = f.read().split("\n")
    at, below, above = text[line - 1], line, line - 1
    inside = [at.split("unsafe", 1)[1]]
    while below < len(text) and text[below].strip().startswith("//"):
        inside.append(text[below])
        below += 1
    while above and text[above - 1].strip().startswith(("//", "#[")):
        above -= 1
    if "# safety" in " ".join(text[above : line - 1]).lower():
        return True
    if "unsafe impl" in at and above:
        return text[above - 1].startswith("unsafe impl")
    if REASON.search(" ".join(inside + text[above : line - 1])):
        return True
    if above and re.search(r"\bunsafe\b.*;$", text[above - 1]):
        return True
    fns = [row for row in text[:line] if re.search(r"\bfn \w", row)]
    return bool(fns) and "unsafe fn" in fns[-1]


# What `rustdump panics` calls what these lints name.
PANICS = {
    "clippy::unwrap_used": "unwrap",
    "clippy::expect_used": "expect",
    "clippy::panic": "panic!",
}


def compiled(name):
    """The crate's files that rustc read."""
    found = set()
    pattern = "target/debug/deps/%s-*.d" % name.replace("-", "_")
    for dep in glob.glob(pattern):
        with open(dep, encoding="utf-8") as f:
            for line in f:
                path = os.path.join(name, line.rstrip(":\n"))
                if line.endswith(".rs:\n") and os.path.exists(path):
                    found.add(os.path.normpath(line[:-2]))
    return found


def linted_panics(name):
    """(kind, path, first line, last line, column behind), each once."""
    found = set()
    with open(name + ".json", encoding="utf-8") as f:
        for row in map(json.loads, f):
            m = row.get("message") or {}
            kind = PANICS.get((m.get("code") or {}).get("code"))
            for s in m["spans"] if kind else ():
                if s["is_primary"]:
                    found.add((kind, os.path.normpath(s["file_name"]),
                               s["line_start"], s["line_end"],
                               s["column_end"]))
    return sorted(found, key=lambda p: (p[3], p[4], -p[2]))


def own_panics(name):
    """By kind and path: [line, is it behind a #[cfg]?]"""
    files, found = compiled(name), collections.defaultdict(list)
    with open(name + ".tsv", encoding="utf-8") as f:
        for row in (line.rstrip("\n").split("\t") for line in f):
            if row[1] in PANICS.values() and row[0] in files:
                found[row[1], row[0]].append((int(row[3]), row[5] == "cfg"))
    return found


def written(name, kind, path, first, last):
    """Does the word stand there, or did a procedural macro make it?"""
    with open(os.path.join(name, path), encoding="utf-8") as f:
        return kind in "".join(f.read().splitlines(True)[first - 1 : last])


def compare_panics(names):
    total = [0] * 7
    print("crate\tclippy\town\tboth\textra\tcfg\tmissed\tgenerated")
    for name in names:
        if not os.path.exists(name + ".json"):
            continue
        theirs, ours = linted_panics(name), own_panics(name)
        own = sum(map(len, ours.values()))
        missed = []
        for kind, path, first, last, _ in theirs:
            here = [p for p in ours[kind, path] if first <= p[0] <= last]
            if here:
                ours[kind, path].remove(max(here))
            else:
                missed.append((kind, path, first, last))
        extra = [(*k, *p) for k, v in sorted(ours.items()) for p in v]
        made = [m for m in missed if not written(name, *m)]
        row = [len(theirs), own, len(theirs) - len(missed), len(extra),
               sum(p[3] for p in extra), len(missed), len(made)]
        total = [a + b for a, b in zip(total, row)]
        print(name, *row, sep="\t")
        if os.environ.get("DETAILS"):
            for what, places in (("missed", missed), ("extra", extra)):
                for kind, path, line, *_ in places:
                    print(f"\t{what}\t{kind}\t{name}/{path}:{line}")
    print("all", *total, sep="\t")
    theirs, ours, both, _, cfg, _, made = total
    print(f"precision {share(both, ours):.3f}, {share(both, ours - cfg):.3f} "
          f"but for code behind a cfg; recall {share(both, theirs):.3f}, "
          f"{share(both, theirs - made):.3f} but for generated code "
          f"(goals 0.95, 0.97)")


def share(part, whole):
    return part / whole if whole else 1


def compare(rule, names):
    lint, where, messages = RULES[rule]
    total = [0] * 6
    print("crate\tlines\tclippy\trule\tboth\tmeant\telsewhere")
    for name in names:
        if not os.path.exists(name + ".json"):
            continue
        seen = lines_of(name, where, messages)
        theirs = lines_of(name, lint)
        every = findings(name, rule)
        ours = every & (seen | theirs)
        missed = theirs - ours
        silent = {p for p in missed if meant(name, *p)}
        row = [len(seen), len(theirs), len(ours), len(ours & theirs),
               len(silent), len(every - ours)]
        total = [a + b for a, b in zip(total, row)]
        print(name, *row, sep="\t")
        if os.environ.get("DETAILS"):
            for what, places in (("missed", missed - silent),
                                 ("extra", ours - theirs)):
                for path, line in sorted(places):
                    print(f"\t{what}\t{name}/{path}:{line}")
    print("all", *total, sep="\t")
    _, theirs, ours, both, silent, _ = total
    print(f"precision {share(both, ours):.3f}, recall "
          f"{share(both, theirs):.3f}; {share(both, theirs - silent):.3f} "
          f"but for what the rule accepts on purpose")


def manifest(name):
    for p in json.load(sys.stdin)["packages"]:
        if p["name"] == name:
            print(p["manifest_path"])


def main(args):
    if args[0] == "--lints":
        lints = PANICS if args[1] == "panics" else RULES[args[1]][:2]
        print(*(f"--force-warn {lint}" for lint in lints))
    elif args[0] == "--manifest":
        manifest(args[1])
    elif args[0] == "panics":
        compare_panics(sys.stdin.read().split())
    else:
        compare(args[0], sys.stdin.read().split())


if __name__ == "__main__":
    main(sys.argv[1:])
