#!/bin/sh
# Does every request body the encoders and the program make fit the JSON
# Schemas: our own, smaller ones in tests/data, which know only what we send,
# and the vendors' where $ARCHITECT_SHARED (or ../shared) has them. Needs
# python3 with jsonschema (`make deps-dev`); says so and passes without.
set -eu

build=${BUILD:-build}
shared=${ARCHITECT_SHARED:-../shared}/fixtures/schema

. tests/python.sh
if [ "$python" = none ]; then
	echo "schema: skipped: no python3 with jsonschema (make deps-dev)"
	exit 0
fi

ARCHITECT_REQUESTS=$build/requests
export ARCHITECT_REQUESTS
rm -rf "$ARCHITECT_REQUESTS"
mkdir -p "$ARCHITECT_REQUESTS"
"$build/unit" anthropic
"$build/unit" openai
# and what the program sends in some of the cases, whatever becomes of them:
# `make cases` tells that
for part in 00 1-; do
	[ ! -x "$build/cases" ] ||
		BUILD=$build "$build/cases" "$part" >/dev/null 2>&1 || :
done

failed=0
check()
{
	if [ ! -f "$1" ]; then
		echo "schema: $1 is not here: skipped"
	else
		"$python" tests/validate.py "$1" "$2" || failed=1
	fi
}

for name in anthropic openai-chat; do
	check "tests/data/$name.schema.json" "$ARCHITECT_REQUESTS/$name.ndjson"
done
check "$shared/anthropic-messages-request.schema.json" \
	"$ARCHITECT_REQUESTS/anthropic.ndjson"
check "$shared/openai-chat-completion-request.schema.json" \
	"$ARCHITECT_REQUESTS/openai-chat.ndjson"
# a check that cannot fail is none
echo '{"model":5,"messages":[]}' >"$ARCHITECT_REQUESTS/wrong.ndjson"
for name in anthropic openai-chat; do
	if "$python" tests/validate.py "tests/data/$name.schema.json" \
		"$ARCHITECT_REQUESTS/wrong.ndjson" >/dev/null; then
		echo "schema: $name takes a wrong body"
		failed=1
	fi
done
exit $failed
