#!/bin/sh
# Which existing implementation a design's survey names for a request, beside
# what a maintainer would: closest.tsv, over clones of its projects in the
# folder ARCHITECT_RUST. Prints the misses, then how many it found and in what
# time. Nothing is fetched.
. "$(dirname "$0")/common.sh"

rust=${ARCHITECT_RUST:?name the folder that holds the clones}
tab=$(printf '\t')
asked=0
found=0
while IFS=$tab read -r project request want; do
	case $project in '#'*) continue ;; esac
	test -d "$rust/$project" || continue
	asked=$((asked + 1))
	said=$("$build/architect" -C "$rust/$project" --provider offline -q \
		design "$request" | sed -n "s/^- The closest existing \
implementation is //p")
	if printf '%s\n' "$said" | sed 's/): .*/)/' | grep -Eq "$want"; then
		found=$((found + 1))
	else
		printf '%s: %s\n    named: %s\n    wanted: %s\n' "$project" \
			"$request" "${said:-nothing}" "$want"
	fi
done <"$(dirname "$0")/closest.tsv"
echo "closest implementation: $found of $asked requests"
