# What the benches share: sourced, not run.
set -eu

build=${BUILD:-build}
dir=$(mktemp -d)
server=

finish()
{
	if test -n "$server"; then
		kill "$server" 2>/dev/null || :
		wait "$server" 2>/dev/null || :
	fi
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

# serve SCRIPT: start the loopback server, its port in $port
serve()
{
	rm -f "$dir/port"
	mkfifo "$dir/port"
	"$build/fake_llm" "$1" >"$dir/port" &
	server=$!
	read -r _ port <"$dir/port"
	ANTHROPIC_BASE_URL=http://127.0.0.1:$port
	ANTHROPIC_API_KEY=dummy-key-of-the-bench
	export ANTHROPIC_BASE_URL ANTHROPIC_API_KEY
}

# A repository of two commits that differ in one 29-line Rust change.
small_repo()
{
	HOME=$dir
	GIT_CONFIG_NOSYSTEM=1
	export HOME GIT_CONFIG_NOSYSTEM
	git init -q "$dir/repo"
	git -C "$dir/repo" config user.name bench
	git -C "$dir/repo" config user.email bench@example.org
	mkdir "$dir/repo/src"
	cp examples/pool/before/src/*.rs "$dir/repo/src"
	git -C "$dir/repo" add -A
	git -C "$dir/repo" commit -q -m before
	awk '{ print } NR <= 29 { print "// line " NR " of the change" }' \
		examples/pool/before/src/lib.rs >"$dir/repo/src/lib.rs"
	git -C "$dir/repo" commit -q -a -m after
}
