#!/bin/sh
# Does every test that threats.tsv names exist, and has every threat one?
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tab=$(printf '\t')
failed=0

complain()
{
	echo "threats.tsv: $*"
	failed=1
}

there()
{
	case $1 in
	case) [ -f "$here/cases/$2/case" ] ;;
	script) [ -f "$here/$2" ] ;;
	unit\ *) grep -q "START_TEST($2)" "$here/unit/${1#unit }.c" ;;
	*) false ;;
	esac
}

rows=$(grep -v '^#' "$here/threats.tsv")
while IFS=$tab read -r threat _ where name; do
	there "$where" "$name" || complain "$threat: no $where $name"
done <<END
$rows
END
for n in $(seq 23); do
	echo "$rows" | grep -q "^T$n$tab" || complain "T$n has no test"
done
[ $failed = 0 ] && echo "threats: $(echo "$rows" | wc -l) tests are there"
exit $failed
