#!/usr/bin/python3
"""validate.py SCHEMA BODIES...: does every line of BODIES fit the schema?

Says the file, line and place of each that does not, and how many were looked
at; exit 1 when one does not fit or there was none.
"""
import json
import sys

import jsonschema


def main(schema, files):
    with open(schema, encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(json.load(f))
    looked_at = wrong = 0
    for name in files:
        with open(name, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                looked_at += 1
                for e in validator.iter_errors(json.loads(line)):
                    wrong += 1
                    where = "/".join(str(p) for p in e.absolute_path)
                    print(f"{name}:{number}: {where}: {e.message[:300]}")
    print(f"schema: {looked_at} bodies by {schema}: {wrong} faults")
    return 1 if wrong or not looked_at else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
