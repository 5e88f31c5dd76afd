#!/bin/sh
# Review each commit of a range alone, and print a line for each, the worst
# findings first. Needs jq.
#
#	commits.sh [main..HEAD] [option of `architect batch`]...
#
# Each record is kept in reviews.ndjson; those whose review failed are named,
# and so is how to try them again.
set -eu

range=${1:-main..HEAD}
[ $# -eq 0 ] || shift
out=reviews.ndjson

code=0
architect batch "$range" "$@" >"$out" || code=$?
[ -s "$out" ] || exit "$code" # else also what came before a limit or a failure

jq -r '
	select(.status == "complete") |
	[.report.findings[].level] as $levels |
	[.id[:10],
	 ($levels | map(select(. == "must-fix")) | length),
	 ($levels | map(select(. == "should-fix")) | length),
	 .report.title] | @tsv' "$out" |
	sort -k2,2nr -k3,3nr |
	awk 'BEGIN { print "commit      must  should  " }
	     { printf "%s  %4d  %6d  ", $1, $2, $3
	       $1 = $2 = $3 = ""; sub(/^ +/, ""); print }'
jq -r 'select(.status == "failed" or .status == "incomplete") |
	"architect review --commit \(.id[:10])  # \(.error)"' "$out"
exit "$code"
