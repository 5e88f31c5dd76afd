#!/bin/sh
# fuzz.sh SECONDS TARGET...: run each libFuzzer target for so long. What it
# learns stays in TARGET.corpus; an input that breaks it in the folder too.
# tests/fuzz/NAME.dict and tests/fuzz/NAME/ (seeds) are used where they exist.
set -eu

seconds=$1
shift
for target; do
	name=$(basename "$target")
	corpus=$target.corpus
	mkdir -p "$corpus"
	set --
	[ ! -f "tests/fuzz/$name.dict" ] || set -- "-dict=tests/fuzz/$name.dict"
	set -- "$@" "$corpus"
	[ ! -d "tests/fuzz/$name" ] || set -- "$@" "tests/fuzz/$name"
	if "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 \
		-artifact_prefix="$corpus-" "$@" >"$target.log" 2>&1; then
		echo "fuzz $name: $(tail -1 "$target.log")"
	else
		tail -40 "$target.log"
		echo "fuzz $name: failed"
		exit 1
	fi
done
