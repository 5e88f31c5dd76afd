#!/bin/sh
# patches.sh [N] REPOSITORY...: does git take the patches of `--format patch`?
# Reviews the last N commits (100) of each repository without a model, and the
# whole of the last one's tree as it stands, and has `git apply --check` try
# what comes out in a work tree of the reviewed commit. Fails when one is not
# taken. The repositories are only read: the work tree is one of a clone.
set -eu

architect=${ARCHITECT_BIN:-$(pwd)/build/architect}
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
ARCHITECT_PROVIDER=offline
export ARCHITECT_PROVIDER
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
refused=0

# try REPOSITORY COMMIT ARGUMENTS...: counts a patch, and one that is taken
try() {
	repo=$1 commit=$2
	shift 2
	"$architect" review -C "$repo" --format patch -q "$@" \
		>"$dir/patch" || true
	[ -s "$dir/patch" ] || return 0
	patches=$((patches + 1))
	edits=$((edits + $(grep -c '^@@' "$dir/patch")))
	git -C "$dir/tree" checkout -q -f "$commit"
	if git -C "$dir/tree" apply --check "$dir/patch"; then
		taken=$((taken + 1))
	else
		echo "$repo $commit $*: not taken" >&2
		refused=1
	fi
}

for repo; do
	patches=0 taken=0 edits=0
	git clone -q --shared --no-checkout "$repo" "$dir/tree"
	head=$(git -C "$repo" rev-parse HEAD)
	for commit in $(git -C "$repo" rev-list --no-merges -n "$n" HEAD); do
		try "$repo" "$commit" --commit "$commit"
	done
	for top in $(git -C "$repo" ls-tree -d --name-only HEAD); do
		try "$repo" "$head" --all HEAD -- "$top"
	done
	echo "$repo: $patches patches of $edits hunks, $taken taken by git"
	rm -rf "$dir/tree"
done
exit $refused
