#!/bin/sh
# Three scenes with examples/pool, a connection pool that gains a cache:
# the change reviewed without a model; the same change put to a server on
# loopback that plays examples/pool/reply.md and leaves out one section at
# first; its five commits in a batch. No key, no network, nothing kept.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$here/../$build ;;
esac
left_out="Testing Recommendations"

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
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

say()
{
	printf '\n== %s\n' "$*"
}

# Neither the user's settings nor their keys may play a part.
clean()
{
	env -i PATH="$PATH" HOME="$dir" TERM="${TERM:-dumb}" GIT_PAGER=cat \
		LC_ALL="${LC_ALL:-C.UTF-8}" GIT_CONFIG_NOSYSTEM=1 "$@"
}

say "A throw-away repository of six commits"
sh "$here/pool.sh" "$dir/pool"
clean git -C "$dir/pool" --no-pager log --oneline --stat=60 -5

say "1. Without a model: the program's own reading of the change"
say "\$ architect review HEAD~5..HEAD"
clean "$build/architect" -C "$dir/pool" review HEAD~5..HEAD

# The first reply lacks a section, the second one is that section alone.
awk -v cut="## $left_out" '/^## / { out = $0 == cut } !out' \
	"$here/pool/reply.md" >"$dir/first.md"
awk -v cut="## $left_out" '/^## / { out = $0 == cut } out' \
	"$here/pool/reply.md" >"$dir/second.md"
cat >"$dir/script" <<END
reply anthropic first.md
usage 2110,3630,5790,0
drip 20 800

reply anthropic second.md
usage 5860,370,5790,0
drip 20 800
END

mkfifo "$dir/port"
"$build/fake_llm" --check "$dir/script" >"$dir/port" &
server=$!
read -r _ port <"$dir/port"

say "2. The same change put to a model, whose reply is PLAYED: none is asked"
cat <<END
A server on this machine (127.0.0.1:$port) plays a reply that was written for
this change beforehand, examples/pool/reply.md. The key is a dummy. On its
first turn it leaves out "$left_out", as models do at times.
END

say "\$ architect review HEAD~5..HEAD > report.md"
clean ANTHROPIC_BASE_URL="http://127.0.0.1:$port" \
	ANTHROPIC_API_KEY=dummy-key-for-the-demo \
	"$build/architect" -C "$dir/pool" review HEAD~5..HEAD \
	>"$dir/report.md"
cat "$dir/report.md"

say "\$ architect check FILE, of what was played first and of the report"
status=0
clean "$build/architect" check "$dir/first.md" || status=$?
echo "first reply: exit $status"
test "$status" -eq 5
clean "$build/architect" check "$dir/report.md"
echo "report: exit 0"

say "3. Its five commits, four at a time, without a model"
say "\$ architect batch HEAD~5..HEAD > records.ndjson"
clean "$build/architect" -C "$dir/pool" batch HEAD~5..HEAD \
	>"$dir/records.ndjson"
# a record is one line of JSON
awk -F '"' '{
	id = $4
	findings = gsub(/"level":/, "&")
	printf "%.10s  %s, exit %s %d finding%s\n", id, $8, \
		substr($11, 2), findings, findings == 1 ? "" : "s"
}' "$dir/records.ndjson" | sort

say "Once more: the reply of scene 2 was played from a file"
echo "By a model: export ANTHROPIC_API_KEY=…, then architect review"
