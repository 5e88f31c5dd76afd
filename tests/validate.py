#!/usr/bin/python3
"""validate.py SCHEMA[#/POINTER] FILES...: does every JSON document in FILES,
one behind the other, fit the schema, or the part of it that is pointed to?

Says the file, number and place of each that does not, and how many were looked
at; exit 1 when one does not fit or there was none.
"""
import json
import sys

import jsonschema


def load_schema(name):
    path, _, pointer = name.partition("#")
    with open(path, encoding="utf-8-sig") as f:
        schema = json.load(f)
    if pointer:
        schema["$ref"] = "#" + pointer
    return schema


def documents(name):
    with open(name, encoding="utf-8") as f:
        text = f.read().strip()
    decoder = json.JSONDecoder()
    while text:
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:].lstrip()


def main(schema, files):
    validator = jsonschema.Draft202012Validator(load_schema(schema))
    looked_at = wrong = 0
    for name in files:
        for number, body in enumerate(documents(name), 1):
            looked_at += 1
            for e in validator.iter_errors(body):
                wrong += 1
                where = "/".join(str(p) for p in e.absolute_path)
                print(f"{name}:{number}: {where}: {e.message[:300]}")
    print(f"schema: {looked_at} bodies by {schema}: {wrong} faults")
    return 1 if wrong or not looked_at else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
