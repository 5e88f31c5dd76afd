#!/bin/sh
# The arrows of the house: base < core < rust, repo, llm, render < agent < cli,
# each library in its one place, memory asked for in base alone. Fails naming
# file and line. `layers.sh --self-test` shows that it catches what it should.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)

# the tree below the current folder
layers()
{
	find src include tests -name '*.[ch]' | sort |
		xargs awk -f "$here/code.awk" -f "$here/layers.awk"
}

# plant <file> <line>: the line alone in that file must be refused
plant()
{
	mkdir -p "$(dirname "$1")"
	printf '%b\n' "$2" >"$1"
	if said=$(layers); then
		echo "not refused: $2 in $1"
		failed=1
	elif [ "${said%%:*}" != "$1" ]; then
		echo "refused with other words: $said"
		failed=1
	fi
	rm "$1"
}

self_test()
{
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT
	cd "$tree"
	failed=0
	mkdir -p src/base src/llm src/repo src/cli src/agent include/core tests
	echo '#include "core/chat.h"' >src/llm/turn.c
	echo '#include <curl/curl.h>' >src/llm/http.c
	echo '#include "render/text.h"' >src/cli/cmd.c
	echo '#include <cjson/cJSON.h>' >src/agent/prompt.c
	echo '#include <check.h>' >tests/unit.c
	printf '/* free(p) */\nx->free(p); puts("malloc(1)");\n' >src/main.c
	echo 'void *p = malloc(1);' >src/base/arena.c
	layers || failed=1

	plant src/base/a.c '#include "core/chat.h"'
	plant src/core/a.c '#include "llm/sse.h"'
	plant src/llm/a.c '#include "repo/repo.h"'
	plant src/rust/a.c '#include "render/text.h"'
	plant src/render/a.c '#include "agent/job.h"'
	plant src/agent/a.c '#include "render/text.h"'
	plant src/agent/b.c '#include "cli/options.h"'
	plant include/core/a.h '# include "agent/job.h"'
	plant include/repo/a.h '#include "llm/event.h"'
	plant src/core/b.c '#include "chat.h"'
	plant src/core/c.c '#include "../llm/sse.h"'
	plant src/cli/a.c '#include "attic/box.h"'
	plant src/attic/a.c 'int x;'
	plant src/stray.c 'int x;'
	plant src/llm/b.c '#include <curl/curl.h>'
	plant include/llm/b.h '#include <curl/curl.h>'
	plant src/agent/c.c '#include <git2.h>'
	plant src/agent/d.c '#include <git2/oid.h>'
	plant src/rust/b.c '#include <pcre2.h>'
	plant src/cli/b.c '#include <md4c.h>'
	plant src/cli/c.c '#include <check.h>'
	plant include/base/a.h '#include <cjson/cJSON.h>'
	plant include/base/b.h '#include <cJSON.h>'
	plant src/cli/d.c '\tp = malloc(1);'
	plant src/cli/e.c '\tfree(p);'
	plant src/llm/c.c '\tp = x ? calloc (1, 2) : 0;'
	plant src/agent/e.c '/* why */ s = strdup(t);'
	plant src/repo/a.c '\tp = realloc(p, 9);'
	exit $failed
}

case ${1-} in
--self-test) self_test ;;
*)
	cd "$here/.."
	layers
	;;
esac
