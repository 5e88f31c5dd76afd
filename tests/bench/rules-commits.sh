#!/bin/sh
# rules-commits.sh REPOSITORY...: what the rules say of the last 300 commits of
# each, as `architect review --commit` would: groups a commit (median, p90,
# most), and how often each rule speaks. The rows stay in
# $BUILD/bench/rules-commits.tsv, for readers who label them.
set -eu

build=${BUILD:-build}
rows=$build/bench/rules-commits.tsv
mkdir -p "$build/bench"
: >"$rows"
for repo; do
	"$build/rustdump" commits "$repo" "HEAD~300..HEAD" |
		awk -v repo="$(basename "$repo")" '
		BEGIN { FS = OFS = "\t" }
		{ print repo, $0 }' >>"$rows"
done
awk -F '\t' '
function at(share) { return n[int((count - 1) * share) + 1] }
function report(name,	i, j, t) {
	# insertion sort: a few hundred numbers
	for (i = 2; i <= count; i++)
		for (j = i; j > 1 && n[j - 1] > n[j]; j--) {
			t = n[j]
			n[j] = n[j - 1]
			n[j - 1] = t
		}
	printf "%-20s %4d commits with Rust lines: groups median %d, " \
	       "p90 %d, most %d (goal: p90 <= 3)\n", name, count, at(.5), \
	       at(.9), at(1)
}
$1 != repo && count { report(repo); count = 0 }
{ repo = $1 }
$3 == "commit" { if ($7 > 0) n[++count] = $5; next }
{ rules[$3]++ }
END {
	if (count)
		report(repo)
	for (r in rules)
		printf "%6d  %s\n", rules[r], r | "sort -rn"
}' "$rows"
