# A reply of a model that never was, from a diff of Rust with its lines: for
# some added statements a finding, and beneath it an example that changes,
# follows, takes away or writes anew what it quotes.
function indent(s) {
	match(s, /^[ \t]*/)
	return substr(s, 1, RLENGTH)
}
function finding(line, kind, bare) {
	bare = substr(line, length(indent(line)) + 1)
	printf "- [should-fix] %s:%d — made up\n  > %s\n\n", path, no, bare
	if (kind == 3) {
		sub(/;$/, " /* anew */;", bare)
		printf "  ```rust\n  %s\n  ```\n\n", bare
		return
	}
	print "  ```diff"
	if (kind == 0)
		printf "  -%s\n  +%s // changed\n", line, line
	else if (kind == 1)
		printf "   %s\n  +%s// follows\n", line, indent(line)
	else
		printf "  -%s\n", line
	print "  ```\n"
}
BEGIN {
	n = split("Summary|Critical Issues|Architectural Observations|" \
		"Async/Performance Considerations|Idiomatic Rust Suggestions|" \
		"Code Examples|Testing Recommendations|Action Items", heading, "|")
	printf "## Summary\n\nMade up.\n\n## Critical Issues\n\n"
}
/^\+\+\+ b\// { path = substr($0, 7); sub(/\t$/, "", path); next }
/^@@ / { split($3, at, ","); no = at[1] - 1; next }
/^ / { no++ }
/^\+/ {
	no++
	line = substr($0, 2)
	if (said < most && no > last + 4 && line ~ /^[ \t]*[a-z].*[^{};];$/ &&
	    line !~ /[`\\]/ && length(line) < 90) {
		finding(line, said++ % 4)
		last = no
	}
}
/^diff / { last = -9 }
END {
	if (!said)
		print "None.\n"
	for (i = 3; i <= n; i++)
		printf "## %s\n\nNone.\n\n", heading[i]
}
