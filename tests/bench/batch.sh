#!/bin/sh
# A batch of 200 reviews, 32 at once, against a server that answers after
# 100 ms, some of them failing: wall time and memory beside the ideal.
. "$(dirname "$0")/common.sh"

jobs=${1:-200}
at_once=${2:-32}
wait_ms=${3:-100}

small_repo
cp examples/pool/reply.md "$dir"
printf 'reply auto reply.md\nchunk 1024\ndelay %s\nloop\n' "$wait_ms" \
	>"$dir/script"
serve "$dir/script"
i=0
while test $i -lt "$jobs"; do
	rev=HEAD~1..HEAD
	test $((i % 20)) -ne 7 || rev=no-such-revision
	printf '{"id":"job-%s","review":"%s"}\n' $i $rev
	i=$((i + 1))
done >"$dir/jobs"

ideal=$((jobs * wait_ms / at_once))
echo "batch of $jobs reviews, $at_once at once, $wait_ms ms server:" \
	"ideal $ideal ms"
"$build/bench/timeit" 3 \
	"$build/architect batch -C $dir/repo -j $at_once -i $dir/jobs \
	>$dir/out 2>$dir/err; test \$? -eq 6"
printf '%s records, ' "$(wc -l <"$dir/out")"
printf '%s complete, ' "$(grep -c '"status":"complete"' "$dir/out")"
printf '%s failed\n' "$(grep -c '"status":"failed"' "$dir/out")"
