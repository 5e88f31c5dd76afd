#!/bin/sh
# The rules of style that a script can see (lint.awk), the format, and the
# shell scripts. `lint.sh --self-test` plants faults and wants each one found;
# `lint.sh --fmt` puts every C file into the format.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)

sources()
{
	find src include tests -name '*.[ch]' | sort
}

scripts()
{
	find . -path './build*' -prune -o -path ./.git -prune -o \
		\( -name '*.sh' -o -path ./.ci/run \) -print |
		sed 's,^\./,,' | sort
}

style()
{
	headers="|$(find include -name '*.h' | tr '\n' '|')"
	{ sources && scripts && ls Makefile tests/*.awk; } 2>/dev/null |
		xargs awk -v headers="$headers" \
			-f "$here/code.awk" -f "$here/lint.awk"
}

lengths()
{
	sources | xargs awk -v lengths=1 -f "$here/code.awk" \
		-f "$here/lint.awk" | sort -n | awk '
		{ n[NR] = $1 }
		END {
			if (NR)
				printf "%d functions, lines: median %d, " \
				       "p90 %d, longest %d\n", NR,
				       n[int((NR + 1) / 2)],
				       n[int(NR * .9 + .5)], n[NR]
		}'
}

# another major version of the tool has other opinions
formatter()
{
	for tool in clang-format-14 clang-format; do
		case $($tool --version 2>/dev/null) in
		*' version 14.'*)
			echo $tool
			return
			;;
		esac
	done
	echo 'clang-format 14 is not here: the format is left alone' >&2
}

format()
{
	tool=$(formatter)
	[ -z "$tool" ] || sources | xargs "$tool" "$@"
}

shells()
{
	bad=0
	for file in $(scripts); do
		case $(head -1 "$file") in
		*bash) bash -n "$file" || bad=1 ;;
		*) sh -n "$file" || bad=1 ;;
		esac
	done
	if command -v shellcheck >/dev/null; then
		# a sourced script has no first line and others' variables
		scripts | xargs shellcheck -S warning -e SC2148,SC2154 || bad=1
	else
		echo 'shellcheck is not here: scripts are only parsed' >&2
	fi
	return $bad
}

# plant <words> <file> <text>: the text alone in the file must be said so of
plant()
{
	mkdir -p "$(dirname "$2")"
	printf '%b\n' "$3" >"$2"
	if said=$(style) || ! echo "$said" | grep -q "^$2:[0-9]*: .*$1"; then
		echo "not found ($1): $3 in $2: $said"
		failed=1
	fi
	rm "$2"
}

# as many lines of a function
lines()
{
	awk -v n="$1" 'BEGIN { while (n-- > 0) printf "\tx++;\\n" }'
}

self_test()
{
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT
	cd "$tree"
	failed=0
	mkdir -p src/base include/base tests
	cat >src/base/good.c <<'END'
#include "base/good.h"

/* sprintf() and struct x_t are only words here; é is one column; strcpy(a) */
typedef int compare_fn(const void *, const void *);
int good_run(void)
{
	struct mem m = { .total = 0 };

	say("atoi(x) é");
	switch (x) {
	case 1:
	default:
		memcpy(a, b, x ? to_n : 0);
		snprintf(a, 1, "x");
	}
	goto out;
out:
	return 0;
}
END
	echo 'int good_run(void);' >include/base/good.h
	style || failed=1

	plant 'function of 81' src/a.c "int f(void)\n{\n$(lines 79)}"
	plant 'more than 600' src/a.c "$(lines 601)"
	plant 'cleanup label' src/a.c 'fail:'
	plant 'cleanup label' src/a.c '\tout_free:'
	for call in strcpy strcat sprintf vsprintf gets strtok atoi atol \
		system popen alloca scanf sscanf fscanf; do
		plant 'banned call' src/a.c "\tn = $call (p);"
	done
	for name in string_add memory_of isolate total_of; do
		plant "library's" include/base/a.h "int $name(int);"
		plant "library's" src/a.c "struct x *$name(int n)"
	done
	plant 'no typedef' src/a.c 'typedef struct x {'
	plant 'only function' src/a.c 'typedef int number;'
	plant 'only function' src/a.c 'typedef int\n\tnumber;'
	plant "system's" src/a.c 'struct box_t {'
	plant 'end of the line' src/a.c 'int x; '
	plant 'end of the line' src/a.c 'int x;\t'
	plant 'end of the line' src/a.c 'int x;\r'
	plant 'blanks instead' src/a.c '        int x;'
	plant '80 columns' src/a.c "\t\t/* $(lines 10 | tr -d '\\\n') */"
	plant 'an issue' src/a.c "/* TO""DO: more */"
	plant 'an issue' tests/a.c "/* FIX""ME */"
	plant '80 columns' Makefile "$(lines 15 | tr -d '\\\n')"
	plant 'an issue' tests/a.sh "# TO""DO"
	plant 'own header' src/base/good.c '#include <stdio.h>'
	exit $failed
}

case ${1-} in
--self-test) self_test ;;
--fmt)
	cd "$here/.."
	format -i
	;;
*)
	cd "$here/.."
	rc=0
	style || rc=1
	format --dry-run -Werror || rc=1
	shells || rc=1
	lengths
	exit $rc
	;;
esac
