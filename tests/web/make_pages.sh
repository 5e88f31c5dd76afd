#!/bin/sh
# make_pages.sh DIR: pages of every kind in DIR. The models are played on
# loopback, by examples/pool/reply.md and by a reply that means harm.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${BUILD:-build}" && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)
dir=$(mktemp -d)
server=
finish()
{
	[ -z "$server" ] || kill "$server" 2>/dev/null || :
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

architect()
{
	env -i PATH="$PATH" HOME="$dir" LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 \
		"$@"
}

# offline COMMAND WORDS
offline()
{
	command=$1
	shift
	architect "$build/architect" "$command" -C "$dir/pool" \
		--provider offline -q "$@"
}

# played REPLY WORDS: with a model that answers with that file
played()
{
	cp "$1" "$dir/reply.md"
	shift
	printf 'reply anthropic reply.md\nusage 2110,3630,5790,0\n' \
		>"$dir/script"
	rm -f "$dir/port"
	mkfifo "$dir/port"
	"$build/fake_llm" "$dir/script" >"$dir/port" &
	server=$!
	read -r _ port <"$dir/port"
	architect ANTHROPIC_BASE_URL="http://127.0.0.1:$port" \
		ANTHROPIC_API_KEY=dummy-key-for-the-test \
		"$build/architect" -C "$dir/pool" "$@" -q
	kill "$server" 2>/dev/null || :
	wait "$server" 2>/dev/null || :
	server=
}

sh "$here/examples/pool.sh" "$dir/pool"
played "$here/examples/pool/reply.md" review HEAD~5..HEAD \
	-o "$to/model.html"
offline review HEAD~5..HEAD -o "$to/offline.html"
offline review --all -o "$to/existing.html" -- src
offline design "bound the cache" -o "$to/design.html"
offline batch HEAD~5..HEAD --pages "$to/batch" >/dev/null

# numbered N: lines of Rust
numbered()
{
	awk -v n="$1" 'BEGIN {
		while (n-- > 0)
			printf "pub const C%d: u32 = %d;\n", n, n
	}'
}

# a change of which not everything is looked at
mkdir -p "$dir/pool/vendor/lru/src"
numbered 60 >"$dir/pool/vendor/lru/src/lib.rs"
printf '[[package]]\nname = "lru"\nversion = "0.12.3"\n' \
	>"$dir/pool/Cargo.lock"
echo 'DATABASE_PASSWORD=hunter2' >"$dir/pool/.env"
numbered 40 >"$dir/pool/src/consts.rs"
numbered 25 >"$dir/pool/tests/consts.rs"
offline review --untracked --exclude 'tests/*' HEAD -o "$to/mixed.html"
rm -r "$dir/pool/vendor" "$dir/pool/src/consts.rs" \
	"$dir/pool/tests/consts.rs" "$dir/pool/Cargo.lock" "$dir/pool/.env"

# a change and a reply that would be markup, script, links and long lines
cp "$here/tests/web/hostile.rs" "$dir/pool/src/<img src=x onerror=alert(1)>.rs"
awk 'BEGIN {
	printf "// "
	while (n++ < 30000)
		printf "x"
	print ""
}' >>"$dir/pool/src/<img src=x onerror=alert(1)>.rs"
played "$here/tests/web/hostile.md" review --untracked HEAD \
	-o "$to/hostile.html"
