#!/bin/sh
# clippy-await.sh [-v] [CRATE...]: the guard rules beside clippy's
# await_holding_lock, await_holding_refcell_ref and await_holding_invalid_type,
# each guard's line with the line of each await: on the snippets of the tests,
# their variations and ways through a fn at random, or on crates
# (folders with a Cargo.toml). Clippy is the oracle; that needs cargo, and
# nothing else here does. -v names each difference. The folder
# ARCHITECT_CLIPPY keeps what cargo built from one run to the next.
set -eu

build=$(cd "${BUILD:-build}" && pwd)
verbose=
test "${1-}" != -v || { verbose=1 && shift; }
work=${ARCHITECT_CLIPPY:-$(mktemp -d)}
test -n "${ARCHITECT_CLIPPY-}" || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

# rows of file, line, lint from cargo's messages; paths below the folder $1
clippy()
{
	(
		cd "$1"
		touch -c src/lib.rs src/main.rs
		CLIPPY_CONF_DIR=$work CARGO_TARGET_DIR=$work/target \
			cargo clippy -q --message-format=json -- \
			--cap-lints=warn \
			-W clippy::await_holding_lock \
			-W clippy::await_holding_refcell_ref \
			-W clippy::await_holding_invalid_type \
			>"$work/messages" 2>"$work/cargo.log"
	) || {
		jq -r 'select(.message.level == "error") | .message.rendered' \
			"$work/messages" | head -60
		tail -20 "$work/cargo.log"
		exit 1
	} >&2
	jq -r '
		def outermost: if .expansion then .expansion.span | outermost
			else . end;
		select(.reason == "compiler-message") | .message
		| select(.code.code // "" | startswith("clippy::await_hold"))
		| .code.code as $lint
		| (.spans[] | select(.is_primary)) as $guard
		| ([.children[].spans[] | outermost | .line_start] | unique
			| if length > 0 then . else [0] end)[] as $await
		| [$guard.file_name, $guard.line_start, $await, $lint]
		| @tsv' "$work/messages" |
		sed 's/clippy::await_holding_refcell_ref/refcell/
			s/clippy::await_holding_lock/lock/
			s/clippy::await_holding_invalid_type/span/' |
		sort -u
}

ours()
{
	(
		cd "$1"
		find . -name '*.rs' ! -path './target/*' | sed 's,^\./,,' \
			>"$work/list"
		"$build/rustdump" guards "@$work/list"
	) | awk -F '\t' '{
		n = split($7, line, ",")
		if (n && $2 == "span")
			print $1 "\t" $4 "\t0\t" $2
		else for (i = 1; i <= n; i++)
			print $1 "\t" $4 "\t" line[i] "\t" $2
	}' | sort -u
}

compare()
{
	clippy "$1" >"$work/clippy"
	ours "$1" >"$work/ours"
	for kind in lock refcell span; do
		for who in clippy ours; do
			awk -F '\t' -v kind=$kind '$4 == kind' "$work/$who" \
				>"$work/$who.kind"
		done
		comm -12 "$work/clippy.kind" "$work/ours.kind" >"$work/both"
		n=$(wc -l <"$work/clippy.kind")
		m=$(wc -l <"$work/ours.kind")
		k=$(wc -l <"$work/both")
		awk -v kind=$kind -v n="$n" -v m="$m" -v k="$k" 'BEGIN {
			printf "%-8s clippy %4d  ours %4d  both %4d  ",
				kind, n, m, k
			printf "recall %.3f  precision %.3f\n",
				n ? k / n : 1, m ? k / m : 1
		}'
		test -n "$verbose" || continue
		comm -23 "$work/clippy.kind" "$work/ours.kind" |
			sed 's/^/clippy alone: /'
		comm -13 "$work/clippy.kind" "$work/ours.kind" |
			sed 's/^/ours alone:   /'
	done
}

cat >"$work/clippy.toml" <<'END'
await-holding-invalid-types = [
	"tracing::span::Entered",
	"tracing::span::EnteredSpan",
]
END
if test $# -gt 0; then
	for crate; do
		echo "$crate"
		compare "$crate"
	done
	exit
fi
rm -rf "$work/snippets/src"
mkdir -p "$work/snippets/src"
cat >"$work/snippets/Cargo.toml" <<'END'
[package]
name = "snippets"
version = "0.0.0"
edition = "2021"

[dependencies]
futures = "0.3"
parking_lot = "0.12"
tokio = { version = "1", features = ["macros", "rt-multi-thread", "sync"] }
tracing = "0.1"

[workspace]
END
"$build/bench/await_snippets" "$work/snippets/src" >"$work/rows"
for edition in 2021 2024; do
	echo "$(wc -l <"$work/rows") snippets, edition $edition"
	sed -i.was "s/^edition.*/edition = \"$edition\"/" \
		"$work/snippets/Cargo.toml"
	compare "$work/snippets"
done
