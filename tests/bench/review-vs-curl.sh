#!/bin/sh
# A whole review against curl posting the same bytes to the same server, which
# answers at once; and where the memory peaks while a server takes its time.
. "$(dirname "$0")/common.sh"

small_repo
printf 'reply auto reply.md\nchunk 1024\nloop\n' >"$dir/script"
cp examples/pool/reply.md "$dir"
serve "$dir/script"

"$build/architect" context -C "$dir/repo" \
	--request HEAD~1..HEAD >"$dir/body"
prompt=$(wc -c <"$dir/body")

echo "review against curl, $prompt bytes sent (goal: <= x2.00, aim x1.60)"
"$build/bench/timeit" "${1:-40}" \
	"curl -sN -o /dev/null -H 'x-api-key: k' \
	-H 'anthropic-version: 2023-06-01' \
	-H 'content-type: application/json' --data-binary @$dir/body \
	$ANTHROPIC_BASE_URL/v1/messages" -- \
	"$build/architect review -C $dir/repo HEAD~1..HEAD" -- \
	"git -C $dir/repo diff HEAD~1..HEAD"

kill "$server"
wait "$server" 2>/dev/null || :
printf 'reply auto reply.md\nchunk 1024\ndelay 100\nloop\n' >"$dir/script"
serve "$dir/script"
echo "memory, with a server that waits 100 ms (goal: <= $((24 + \
	4 * prompt / 1048576)) MiB over all processes)"
"$build/bench/timeit" 3 "$build/architect review -C $dir/repo HEAD~1..HEAD"
