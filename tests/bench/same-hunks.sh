#!/bin/bash
# Are the hunks git's? For each git dir named: N commits (300) and as many
# ranges, merge bases, staged and work-tree diffs, compared file by file: the
# pairs of paths, the @@ ranges and every line. Needs build/bench/diffdump.
#
#	tests/bench/same-hunks.sh GITDIR …
set -eu
export LC_ALL=C GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

dump=$(realpath "${DIFFDUMP:-build/bench/diffdump}")
count=${N:-300}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git_diff="diff --no-color --no-ext-diff --no-textconv -M --indent-heuristic
	--src-prefix=a/ --dst-prefix=b/ -U3 --full-index
	--ignore-submodules=dirty"

# either text to one form: headers reduced to the pair of names
plain()
{
	awk '
	/^diff --git / { print; hunk = 0; left = 0; next }
	left <= 0 && /^@@ / {
		print $1, $2, $3, $4
		split($2, o, ","); split($3, n, ",")
		old = $2 ~ /,/ ? o[2] : 1; new = $3 ~ /,/ ? n[2] : 1
		left = old + new
		next
	}
	left > 0 && /^ / { left -= 2; print; next }
	left > 0 && /^[-+]/ { left--; print; next }
	left > 0 && /^$/ { left -= 2; print " "; next }
	/^\\ No newline/ { print; next }
	/^Binary files/ { print "Binary files differ"; next }
	/^[-+]Subproject commit/ { print; next }
	' "$1"
}

# git prints a changed type as a deletion and an addition
retype()
{
	awk '
	/^diff --git / {
		if ($0 == last) next
		last = $0
	}
	{ print }'
}

# one <title> <arguments of diffdump> -- <arguments of git>
compare()
{
	if cmp -s "$work/a" "$work/b"; then
		same=$((same + 1))
	else
		echo "differs: $1"
		diff -u "$work/b" "$work/a" | head -"${LINES_SHOWN:-12}" || :
	fi
	all=$((all + 1))
}

# forms on stdin, "<our words>|<git's words>"; all asked of one process
run()
{
	same=0 all=0
	cat >"$work/forms"
	cut -d'|' -f1 "$work/forms" | "$dump" -C "$dir" -i >"$work/ours"
	csplit -s -z -n 5 -f "$work/part" "$work/ours" '/^=== end$/+1' '{*}' ||
		:
	i=0
	while IFS='|' read -r ours theirs; do
		part=$(printf '%s/part%05d' "$work" $i)
		i=$((i + 1))
		plain "$part" >"$work/a"
		# shellcheck disable=SC2086
		git -C "$dir" $git_diff $theirs >"$work/git" || :
		plain "$work/git" | retype >"$work/b"
		compare "$ours"
	done <"$work/forms"
	rm -f "$work"/part*
	echo "$1: $same of $all exact"
}

empty=$(git hash-object -t tree /dev/null)
for dir; do
	echo "== $dir"
	git -C "$dir" log --no-merges --format=%H -n "$count" >"$work/list"
	git -C "$dir" log --merges --format=%H -n "$count" >"$work/merges"
	root=$(git -C "$dir" rev-list --max-parents=0 HEAD | tail -1)

	{
		while read -r c; do echo "--commit $c|$c^1 $c"; done \
			<"$work/list"
		while read -r c; do echo "--commit $c|$c^1 $c"; done \
			<"$work/merges"
		echo "--commit $root|$empty $root"
	} | run --commit
	awk 'NR > 7 { print $0 ".." last[NR % 7] "|" $0 ".." last[NR % 7] }
	     { last[NR % 7] = $0 }' "$work/list" | run a..b
	awk 'NR > 9 { print $0 "..." last[NR % 9] "|" $0 "..." last[NR % 9] }
	     { last[NR % 9] = $0 }' "$work/list" "$work/merges" | run a...b
	awk 'NR % 10 == 0 { print $0 " HEAD|" $0 " HEAD" }' "$work/list" |
		run 'A B'
	[ "$(git -C "$dir" rev-parse --is-bare-repository)" = false ] ||
		continue
	head -60 "$work/list" | while read -r c; do
		echo "--staged $c|--staged $c"
	done | run --staged
	head -60 "$work/list" | while read -r c; do echo "$c|$c"; done |
		run 'work tree'
	head -60 "$work/list" | while read -r c; do
		echo "--merge-base $c|--merge-base $c"
	done | run --merge-base
	printf 'HEAD~1|HEAD~1\n|HEAD\nHEAD~20 -- src|HEAD~20 -- src\n' |
		run plain
done
