#!/bin/sh
# Is our SARIF what the standard wants and, of reviews, what GitHub's code
# scanning takes, by Microsoft's validator (npm, below build/)? Looked at are
# the golden files and what tests/formats.sh left.
set -eu

. tests/web/install.sh
tool=$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
[ -f "$tool" ] || skip "no validator for $(uname -s)"
chmod +x "$tool"
log=$web/sarif.log
out=${BUILD:-build}/outputs
[ -d "$out" ] || skip "tests/formats.sh left nothing"

# valid RULES FILES...: not one error of these kinds of rules
valid()
{
	rules=$1
	shift
	if ! "$tool" validate "$@" --rule-kind "$rules" --level Error \
		--kind Fail >"$log" 2>&1; then
		cat "$log"
		return 1
	fi
	if ! grep -q '^Done\. [1-9]' "$log" || grep ': error ' "$log"; then
		grep -v ': error ' "$log" || :
		return 1
	fi
	echo "sarif: $# files valid ($rules)"
}

set -- tests/golden/model.sarif tests/golden/offline.sarif \
	tests/golden/partial.sarif
for path in "$out"/*sarif*; do
	case ${path##*/} in
	[0-9]*) set -- "$@" "$path" ;;
	esac
done
# the tool goes by suffixes
rm -rf "$web/sarif"
mkdir "$web/sarif"
for path; do
	cp "$path" "$web/sarif/$(basename "$path" .sarif).sarif"
done
valid "Sarif;Gh" "$web"/sarif/*.sarif
# these lack what GitHub wants besides: places where no file was looked at
cp tests/golden/design.sarif "$web/sarif/"
cp "$out"/drawn-??0.sarif "$web/sarif/"
valid "Sarif" "$web"/sarif/*.sarif

. tests/python.sh
if [ "$python" = none ]; then
	echo "sarif: the schema: skipped: no python3 with jsonschema"
else
	"$python" tests/validate.py "${tool%/*}/sarif-2.1.0.json" \
		"$web"/sarif/*.sarif "$out"/drawn-*.sarif
fi

# a check that cannot fail is none
sed 's/"startLine":	51/"startLine":	0/' tests/golden/model.sarif \
	>"$web/sarif/wrong.sarif"
if valid "Sarif" "$web/sarif/wrong.sarif" >/dev/null; then
	echo "sarif: a line 0 is taken"
	exit 1
fi
