#!/bin/sh
# Turn text files into C arrays: by the prefix `prompt`, task-review.md becomes
# `const char prompt_task_review[]`, NUL-terminated, and `…_len` without it.
set -eu

prefix=${1:?prefix}
shift
for file; do
	name=${prefix}_$(basename "$file" .md | tr -c 'a-zA-Z0-9\n' '_')
	printf 'extern const char %s[];\n' "$name"
	printf 'extern const unsigned long %s_len;\n' "$name"
	printf 'const char %s[] = {\n' "$name"
	od -An -v -tx1 "$file" | sed "s/ \\([0-9a-f][0-9a-f]\\)/'\\\\x\\1',/g"
	printf '0x00};\n'
	printf 'const unsigned long %s_len = sizeof(%s) - 1;\n' \
		"$name" "$name"
done
