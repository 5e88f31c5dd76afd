#!/bin/sh
# Turn text files into C arrays: prompts/task-review.md becomes
# `const char prompt_task_review[]`, NUL-terminated, and `…_len` without it.
set -eu

for file; do
	name=$(basename "$file" .md | tr -c 'a-zA-Z0-9\n' '_')
	printf 'extern const char prompt_%s[];\n' "$name"
	printf 'extern const unsigned long prompt_%s_len;\n' "$name"
	printf 'const char prompt_%s[] = {\n' "$name"
	od -An -v -tx1 "$file" | sed "s/ \\([0-9a-f][0-9a-f]\\)/'\\\\x\\1',/g"
	printf '0x00};\n'
	printf 'const unsigned long prompt_%s_len = sizeof(prompt_%s) - 1;\n' \
		"$name" "$name"
done
