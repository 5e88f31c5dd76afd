#!/bin/sh
# Review the change of examples/pool (a connection pool that gains a cache)
# against a server on loopback that plays examples/pool/reply.md and leaves
# out one section at first. No key, no network, nothing kept.
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
	env -i PATH="$PATH" HOME="$dir" TERM="${TERM:-dumb}" \
		LC_ALL="${LC_ALL:-C.UTF-8}" GIT_CONFIG_NOSYSTEM=1 "$@"
}

# The same names and times give the same commits every time.
commit()
{
	rm -rf "$dir/pool/src" "$dir/pool/tests"
	cp -R "$here/pool/$1/." "$dir/pool"
	clean git -C "$dir/pool" add -A
	clean GIT_AUTHOR_NAME=demo GIT_AUTHOR_EMAIL=demo@example.org \
		GIT_COMMITTER_NAME=demo GIT_COMMITTER_EMAIL=demo@example.org \
		GIT_AUTHOR_DATE="$2" GIT_COMMITTER_DATE="$2" \
		git -C "$dir/pool" commit -q -m "$3"
}

say "A throw-away repository of two commits"
mkdir "$dir/pool"
clean git -C "$dir/pool" init -q
commit before "2026-01-05T09:00:00Z" "Add a connection pool"
commit after "2026-01-06T09:00:00Z" "Cache the results of queries for a while

\`query\` answers from memory for \`cache_ttl\`. Refused connects are tried
again, and lines of an answer skip the UTF-8 check on the hot path."
clean git -C "$dir/pool" --no-pager log --oneline --stat -1

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

say "The reply is PLAYED: no model is asked"
cat <<END
A server on this machine (127.0.0.1:$port) plays a reply that was written for
this change beforehand, examples/pool/reply.md. The key is a dummy. On its
first turn it leaves out "$left_out", as models do at times.
END

say "\$ architect review HEAD~1..HEAD > report.md"
clean ANTHROPIC_BASE_URL="http://127.0.0.1:$port" \
	ANTHROPIC_API_KEY=dummy-key-for-the-demo \
	"$build/architect" -C "$dir/pool" review HEAD~1..HEAD \
	>"$dir/report.md"
cat "$dir/report.md"

say "\$ architect check FILE, of what was played first and of the report"
status=0
clean "$build/architect" check "$dir/first.md" || status=$?
echo "first reply: exit $status"
test "$status" -eq 5
clean "$build/architect" check "$dir/report.md"
echo "report: exit 0"

say "Once more: the reply was played from a file, not written by a model"
echo "For a real review: export ANTHROPIC_API_KEY=…, then architect review"
