#!/bin/sh
# Do reports fit the schemas of their forms: JSON the one that is published,
# rdjson our own, written from reviewdog's definition (SARIF has tests/web for
# it). Shown are the golden files, what cases print, and reports drawn by
# chance. Needs python3 with jsonschema (`make deps-dev`); says so and passes
# without.
set -eu

build=${BUILD:-build}
. tests/python.sh
if [ "$python" = none ]; then
	echo "formats: skipped: no python3 with jsonschema (make deps-dev)"
	exit 0
fi

ARCHITECT_OUTPUTS=$build/outputs
export ARCHITECT_OUTPUTS
out=$ARCHITECT_OUTPUTS
rm -rf "$out"
mkdir -p "$out"
"$build/unit" formats

# what the program prints in some of the cases, whatever becomes of them: `make
# cases` tells that
BUILD=$build "$build/cases" batch >/dev/null 2>&1 || :
for name in $(grep -l -E '^cmd .*--format (json|sarif|rdjson)( |$)' \
	tests/cases/*/case | cut -d/ -f3); do
	BUILD=$build "$build/cases" "$name" >/dev/null 2>&1 || :
done

# of_case WORDS: outputs of the cases whose command has the words and names no
# file for them
of_case()
{
	for path in "$out"/[0-9]*; do
		grep -E "^cmd $1( |\$)" "tests/cases/${path##*/}/case" |
			grep -q -v ' -o ' && echo "$path"
	done
	return 0
}

failed=0
# fits SCHEMA FILES...
fits()
{
	"$python" tests/validate.py "$@" || failed=1
}

schema=examples/report.schema.json
# shellcheck disable=SC2046 # names have no blanks
{
	fits $schema tests/golden/*.json "$out"/drawn-*.json \
		$(of_case '.*--format json')
	fits "$schema#/\$defs/record" $(of_case batch)
	fits tests/data/rdjson.schema.json tests/golden/*.rdjson \
		"$out"/drawn-*.rdjson $(of_case '.*--format rdjson')
}

# a check that cannot fail is none
echo '{"version": 1}' >"$out/wrong"
for name in "$schema" "$schema#/\$defs/record" tests/data/rdjson.schema.json; do
	if "$python" tests/validate.py "$name" "$out/wrong" >/dev/null; then
		echo "formats: $name takes anything"
		failed=1
	fi
done
exit $failed
