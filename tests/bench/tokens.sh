#!/bin/sh
# Estimated tokens against a real tokenizer, on the requests that a review of
# each of a project's newest commits would send.
#
#	tokens.sh FAMILY COUNTER REPOSITORY...
#
# COUNTER is a command that takes file names and prints a line "TOKENS … NAME"
# for each, by the tokenizer of FAMILY (gpt, qwen, llama, …); a word of tiktoken
# or of a Hugging Face vocabulary in any language will do. Without one nothing
# is measured. COMMITS (20) of each repository are taken.
set -eu

build=${BUILD:-build}
if [ $# -lt 3 ]; then
	echo "tokens: no tokenizer was given, nothing is measured"
	exit 0
fi
family=$1 counter=$2
shift 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# The texts of a request, without the JSON around them.
texts='
import json, sys
j = json.load(sys.stdin)
for b in j["system"]: sys.stdout.write(b["text"])
for m in j["messages"]:
    for b in m["content"]: sys.stdout.write(b["text"])
'

for repo; do
	name=$(basename "$repo")
	git -C "$repo" rev-list --no-merges -n "${COMMITS:-20}" HEAD |
		while read -r commit; do
			ANTHROPIC_API_KEY=none "$build/architect" -q \
				-C "$repo" context --request \
				--commit "$commit" >"$dir/request" \
				2>/dev/null </dev/null || continue
			python3 -c "$texts" <"$dir/request" \
				>"$dir/$name-$commit.txt" 2>/dev/null ||
				rm -f "$dir/$name-$commit.txt"
		done
done

"$build/bench/tokens" "$family" "$dir"/*.txt >"$dir/estimates"
# shellcheck disable=SC2086 # the counter may be a command with arguments
$counter "$dir"/*.txt >"$dir/counts"
awk 'NR == FNR { est[$NF] = $1; next }
	$1 > 0 && $NF in est {
		e = est[$NF] / $1 - 1
		n++
		sum += e < 0 ? -e : e
		if (e < least) least = e
		if (e > most) most = e
	}
	END {
		printf "%d requests: off by %.1f %% on average, ", n, \
			100 * sum / n
		printf "from %.1f to +%.1f %% (goal: within 10 %%)\n", \
			100 * least, 100 * most
		exit least < -0.1 || most > 0.1
	}' "$dir/estimates" "$dir/counts"
