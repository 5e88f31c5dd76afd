#!/bin/sh
# Reviews in parts of changes that double: 100, 200 and 400 files of 155 lines,
# and one of 3 MB among 50, against a server that answers at once. Time and
# memory should grow with the change, as the number of requests does.
. "$(dirname "$0")/common.sh"

# change FILES [GIANT]: a repository whose second commit adds them
change()
{
	rm -rf "$dir/repo"
	git init -q "$dir/repo"
	git -C "$dir/repo" config user.name bench
	git -C "$dir/repo" config user.email bench@example.org
	mkdir "$dir/repo/src"
	echo 'pub fn zero() {}' >"$dir/repo/src/lib.rs"
	git -C "$dir/repo" add -A
	git -C "$dir/repo" commit -q -m before
	awk -v files="$1" -v giant="${2:-0}" -v to="$dir/repo/src" 'BEGIN {
		for (i = 0; i < files; i++) {
			f = to "/m" i ".rs"
			printf "pub struct S%d { pub a: u64 }\n", i >f
			for (j = 0; j < 22; j++)
				printf "\npub fn f%d_%d(s: &S%d) -> u64 {\n" \
				"    let x = s.a.wrapping_mul(%d);\n" \
				"    if x > %d {\n        return x;\n" \
				"    }\n}\n", i, j, i, j, i >f
			close(f)
		}
		for (j = 0; j < giant; j++)
			printf "pub fn giant_%d(value: u64, other: u64) " \
			"-> u64 {\n    let product = " \
			"value.wrapping_mul(%d);\n    if product > other " \
			"{ return product; }\n    " \
			"product.wrapping_sub(value).wrapping_add(other)\n" \
			"}\n", j, j >(to "/giant.rs")
	}'
	git -C "$dir/repo" add -A
	git -C "$dir/repo" commit -q -m after
}

# measure WORDS: the time and the memory of one run
measure()
{
	echo "$1, $(git -C "$dir/repo" diff --shortstat HEAD~1 |
		sed 's/.*changed, //'), window 200,000"
	run="$build/architect review -C $dir/repo --window 200000 \
		--max-parts 100 HEAD~1..HEAD >$dir/out 2>$dir/err"
	"$build/bench/timeit" 3 "$run"
	sed -n 's/^- Reviewed in \(.* parts\).*/\1/p' "$dir/out"
}

HOME=$dir
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
cp examples/pool/reply.md "$dir"
printf 'reply auto reply.md\nchunk 1024\nloop\n' >"$dir/script"
serve "$dir/script"
for files in 100 200 400; do
	change $files
	measure "$files files"
done
change 50 15000
measure "one of 3 MB among 50"
