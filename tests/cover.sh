#!/bin/sh
# cover.sh BUILD: of each source, how many lines the tests in BUILD ran.
set -eu

cd "$1"
find src -name '*.gcno' | sort | while read -r data; do
	gcov -n -o "${data%/*}" "$data" 2>/dev/null
done | awk -F "['%: ]+" '
	/^File / { file = $2 }
	/^Lines executed/ && file ~ /(^|\/)src\// {
		sub(/.*src\//, "src/", file)
		split($0, half, "of ")
		ran = int($3 * half[2] / 100 + .5)
		printf "%5.1f %%  of %4d  %s\n", $3, half[2], file
		all += half[2]
		hit += ran
		file = ""
	}
	END {
		if (all)
			printf "%5.1f %%  of %4d  in all\n", 100 * hit / all,
			       all
	}'
