#!/bin/sh
# The last commit of many repositories in one run: one list of jobs, one
# budget, so many conversations at once as --jobs allows.
#
#	repositories.sh ~/src/*/ >reviews.ndjson
#
# A folder's name is its job's id. What is not a repository becomes a failed
# record, and the others go on.
set -eu

for dir; do
	jq -cn --arg dir "${dir%/}" '{
		id: ($dir | split("/") | last),
		repo: $dir,
		review: "HEAD~1..HEAD"
	}'
done | architect batch --input - --jobs 8 --max-cost 5
