#!/bin/sh
# The manual page: clean for mandoc, groff and man, where they are, and every
# option of every command is in it.
set -eu
cd "$(dirname "$0")/.."
bin=${BUILD:-build}/architect
page=${BUILD:-build}/architect.1
rc=0

clean()
{
	tool=$1
	shift
	if ! command -v "$tool" >/dev/null; then
		echo "man: $tool is not here: skipped"
	elif [ -n "$("$@" 2>&1 >/dev/null)" ]; then
		echo "man: $tool has this to say:" >&2
		"$@" 2>&1 >/dev/null | head >&2
		rc=1
	else
		echo "man: $tool: clean"
	fi
}

# what mandoc has to say goes to stdout
# shellcheck disable=SC2016 # $0 is the inner shell's
clean mandoc sh -c 'mandoc -Tlint "$0" >&2' "$page"
clean groff groff -ww -man -Tascii "$page"
MANWIDTH=80 clean man man --warnings -l "$page"

n=0
plain=$(sed 's/\\//g' "$page")
for command in $("$bin" help |
	sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
	for option in $("$bin" help "$command" |
		sed -n 's/^  .[^-].\{0,1\} *\(--[a-z-]*\).*/\1/p'); do
		n=$((n + 1))
		case $plain in
		*"$option"*) ;;
		*)
			echo "man: $option of $command is not in the page" >&2
			rc=1
			;;
		esac
	done
done
echo "man: $n options"
[ "$n" -gt 0 ] || rc=1
exit $rc
