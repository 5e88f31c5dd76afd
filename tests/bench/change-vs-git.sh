#!/bin/sh
# Collecting the changes of 300 commits in one process, against `git log -p`.
# Goal: at most 1.5 times as long.
#
#	tests/bench/change-vs-git.sh [GITDIR]      the project's own without
set -eu
export LC_ALL=C GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

repo=${1:-.}
dump=${BUILD:-build}/bench/diffdump
forms=$(mktemp)
trap 'rm -f "$forms"' EXIT
git -C "$repo" log --no-merges --format='--commit %H' -n 300 >"$forms"

# the best of five, in microseconds
best()
{
	for _ in 1 2 3 4 5; do
		start=$(date +%s%N)
		"$@" >/dev/null
		echo $((($(date +%s%N) - start) / 1000))
	done | sort -n | head -1
}

ours()
{
	"$dump" -C "$repo" -i -q <"$forms"
}

theirs()
{
	git -C "$repo" log -p -M --no-merges -n 300
}

a=$(best ours)
b=$(best theirs)
awk -v a="$a" -v b="$b" -v n="$(wc -l <"$forms")" 'BEGIN {
	printf "changes of %d commits: %.1f ms, git log -p: %.1f ms, " \
	       "ratio %.2f (goal 1.5)\n", n, a / 1000, b / 1000, a / b
}'
