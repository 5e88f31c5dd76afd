#!/bin/sh
# pool.sh DIR: make DIR, a repository of six commits out of examples/pool, whose
# last five give a connection pool a cache. Ids are the same every time, and
# nobody's settings play a part.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
dir=$1

git()
{
	env -i PATH="$PATH" HOME=/nonexistent LC_ALL=C.UTF-8 \
		GIT_CONFIG_NOSYSTEM=1 \
		GIT_AUTHOR_NAME=demo GIT_AUTHOR_EMAIL=demo@example.org \
		GIT_COMMITTER_NAME=demo GIT_COMMITTER_EMAIL=demo@example.org \
		GIT_AUTHOR_DATE="${date-}" GIT_COMMITTER_DATE="${date-}" \
		git -C "$dir" "$@"
}

# commit TIME MESSAGE
commit()
{
	date=$1
	git add -A
	git commit -q -m "$2"
}

# take FILE...: as they are after the change
take()
{
	for file; do
		cp "$here/pool/after/$file" "$dir/$file"
	done
}

mkdir "$dir"
git init -q
cp -R "$here/pool/before/." "$dir"
commit "2026-01-05T09:00:00Z" "Add a connection pool"
# the first of conn.rs's two changes: its last function is still the old one
awk '/async fn read_line/ { exit } { print }' \
	"$here/pool/after/src/conn.rs" >"$dir/src/conn.rs"
awk '/async fn read_line/ { on = 1 } on' \
	"$here/pool/before/src/conn.rs" >>"$dir/src/conn.rs"
commit "2026-01-06T09:00:00Z" "Try refused connects again"
take src/conn.rs
commit "2026-01-06T10:00:00Z" "Skip the UTF-8 check of answer lines

It is on the hot path."
take src/cache.rs
commit "2026-01-06T11:00:00Z" "Add a cache whose entries expire"
take src/pool.rs src/lib.rs
commit "2026-01-06T12:00:00Z" "Answer queries from the cache

\`query\` answers from memory for \`cache_ttl\`."
take tests/pool.rs
commit "2026-01-06T13:00:00Z" "Give the tests a cache"
