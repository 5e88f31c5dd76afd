#!/bin/sh
# offline.sh REPO [COMMITS]: the offline review of the last commits (100) of a
# repository that change at least ten lines of Rust: sections that hold a fact
# with its place, lines that two reviews share, length, time, memory. Every
# place is looked up in the commit. The reviews stay in $KEEP when it is set.
. "$(dirname "$0")/common.sh"

repo=$1
most=${2:-100}
here=$(cd "$(dirname "$0")" && pwd)
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac
out=${KEEP:-$dir/reviews}
mkdir -p "$out"

# a commit that was brought to another branch counts once
git -C "$repo" log --no-merges --numstat --format='# %H %s' -- '*.rs' |
	awk -v most="$most" '
	$1 == "#" {
		id = $2
		$1 = $2 = ""
		sub(/ *\(#[0-9]+\)/, "")
		if (seen[$0]++)
			id = ""
		n = 0
		next
	}
	NF == 3 && id { n += $1 + $2 }
	id && n >= 10 { print id; id = ""; if (++found == most) exit }
	' >"$dir/commits"

# only what the review needs of the environment
while read -r id; do
	env -i PATH="$PATH" HOME="$dir" GIT_CONFIG_NOSYSTEM=1 \
		/usr/bin/env time -f '%e %M' -o "$dir/cost" \
		"$build/architect" -C "$repo" review --provider offline \
		--format markdown --commit "$id" \
		>"$out/$id.md" 2>"$dir/said" || {
		echo "$id: $(tail -1 "$dir/said")"
		rm -f "$out/$id.md"
		continue
	}
	echo "$id $(cat "$dir/cost")"
done <"$dir/commits" >"$dir/costs"
python3 "$here/offline.py" "$repo" "$out" "$dir/costs"
