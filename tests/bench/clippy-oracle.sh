#!/bin/sh
# Rules beside the lints of clippy that mean the same, on real crates: which
# lines does each name? For each crate, a name of crates.io (`name`, or
# `name@version`) or a folder, clippy reads the library with default features,
# or what ORACLE_FLAGS says (--all-features). Needs cargo, clippy, python3 and
# the registry; builds in ORACLE_DIR, or a folder that is removed.
#
#	tests/bench/clippy-oracle.sh RULE CRATE …
#
# RULE is one of tests/bench/clippy_oracle.py, or `panics`: every unwrap,
# expect and panic! beside unwrap_used, expect_used and panic. DETAILS=1
# prints every line on which they differ.
set -eu

rule=${1:?usage: clippy-oracle.sh RULE CRATE...}
shift
here=$(cd "$(dirname "$0")" && pwd)
dump=$(realpath "${BUILD:-build}/rustdump")
lints=$(python3 "$here/clippy_oracle.py" --lints "$rule")
rows=findings
test "$rule" != panics || rows=panics
dir=${ORACLE_DIR:-$(mktemp -d)}
mkdir -p "$dir"
dir=$(realpath "$dir")
test -n "${ORACLE_DIR:-}" || trap 'rm -rf "$dir"' EXIT

# the source of a crate of the registry, copied to where clippy may build
fetch()
{
	name=${1%@*} version=${1#*@}
	test "$version" != "$1" || version='*'
	rm -rf "$dir/want"
	mkdir -p "$dir/want/src"
	: >"$dir/want/src/lib.rs"
	printf '[package]\nname = "want"\nversion = "0.0.0"\n%s\n%s\n' \
		'[dependencies]' "$name = '$version'" >"$dir/want/Cargo.toml"
	from=$(cd "$dir/want" && cargo metadata -q --format-version 1 |
		python3 "$here/clippy_oracle.py" --manifest "$name")
	cp -R "${from%/*}" "$dir/$name"
}

for crate; do
	name=$(basename "${crate%@*}")
	if test ! -d "$dir/$name"; then
		case $crate in
		*/*) cp -R "$crate" "$dir/$name" ;;
		*) fetch "$crate" ;;
		esac
		# stands for itself, whatever is above it
		printf '\n[workspace]\n' >>"$dir/$name/Cargo.toml"
	fi
	cd "$dir/$name"
	# shellcheck disable=SC2086
	cargo clippy -q --lib ${ORACLE_FLAGS:-} --message-format=json \
		--target-dir "$dir/target" -- --cap-lints warn $lints \
		>"$dir/$name.json" 2>"$dir/$name.log" || {
		echo "$name: does not build, see $name.log" >&2
		rm -f "$dir/$name.json"
		continue
	}
	find . -name '*.rs' | sed 's,^\./,,' >"$dir/$name.list"
	"$dump" "$rows" "@$dir/$name.list" >"$dir/$name.tsv"
done
cd "$dir"
for crate; do basename "${crate%@*}"; done |
	python3 "$here/clippy_oracle.py" "$rule"
