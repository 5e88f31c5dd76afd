#!/bin/sh
# What of the code around a change is in its prompt, and what it costs: the last
# commits of a repository that change Rust.
#
#	tests/bench/context.sh GITDIR [COMMITS]
set -eu
export LC_ALL=C GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

repo=$1
git -C "$repo" log --no-merges --format=%H -n "${2:-300}" -- '*.rs' |
	"${BUILD:-build}/bench/context" "$repo"
