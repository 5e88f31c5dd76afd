#!/bin/sh
# patches.sh [N] REPOSITORY...: does git take the patches of `--format patch`?
# Reviews the last N commits (100) of each repository, without a model and by a
# server on loopback that plays edits of their own lines (patches.awk), and has
# `git apply --check` try what comes out in a work tree of the reviewed commit.
# Fails when one is not taken. The repositories are only read: the work tree is
# one of a clone.
set -eu

here=$(dirname "$0")
build=${BUILD:-build}
architect=${ARCHITECT_BIN:-$build/architect}
n=100
case ${1:-} in
*[!0-9]* | '') ;;
*)
	n=$1
	shift
	;;
esac
[ $# -gt 0 ] || {
	echo "usage: patches.sh [N] REPOSITORY..." >&2
	exit 2
}
dir=$(mktemp -d)
server=
trap 'if [ "$server" ]; then kill "$server"; fi; rm -rf "$dir"' EXIT
refused=0

# count COMMIT: a patch, and whether it is taken
count() {
	[ -s "$dir/patch" ] || return 0
	patches=$((patches + 1))
	hunks=$((hunks + $(grep -c '^@@' "$dir/patch")))
	git -C "$dir/tree" checkout -q -f "$1"
	if git -C "$dir/tree" apply --check "$dir/patch"; then
		taken=$((taken + 1))
	else
		echo "$repo $1: not taken" >&2
		cp "$dir/patch" "$build/refused-$1.patch"
		refused=1
	fi
}

offline() {
	"$architect" review -C "$repo" --commit "$1" --provider offline \
		--format patch -q >"$dir/patch" || true
	count "$1"
}

played() {
	git -C "$repo" show --format= "$1" -- '*.rs' |
		LC_ALL=C awk -v most=12 -f "$here/patches.awk" >"$dir/reply.md"
	asked=$(grep -c '^- \[should-fix\]' "$dir/reply.md") || return 0
	rm -f "$dir/port"
	mkfifo "$dir/port"
	"$build/fake_llm" "$dir/script" >"$dir/port" 2>/dev/null &
	server=$!
	read -r _ port <"$dir/port"
	ANTHROPIC_API_KEY=none "$architect" review -C "$repo" --commit "$1" \
		--provider anthropic --format patch -q \
		--base-url "http://127.0.0.1:$port" \
		>"$dir/patch" 2>"$dir/err" || true
	kill "$server"
	wait "$server" 2>/dev/null || true
	server=
	edits=$((edits + asked))
	count "$1"
}

printf 'reply auto reply.md\nloop\n' >"$dir/script"
for repo; do
	patches=0 taken=0 hunks=0 edits=0
	git clone -q --shared --no-checkout "$repo" "$dir/tree"
	for commit in $(git -C "$repo" rev-list --no-merges -n "$n" HEAD); do
		offline "$commit"
		played "$commit"
	done
	echo "$repo: $patches patches of $hunks hunks ($edits edits played)," \
		"$taken taken by git"
	rm -rf "$dir/tree"
done
exit $refused
