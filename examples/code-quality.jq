# What `architect review --format json` prints as GitLab's Code Quality report:
#	jq -f code-quality.jq report.json >code-quality.json
# Findings without a line of the new side have no place there; what a baseline
# lets be is there for information.
[ .findings[]
  | select(.path and .line and (.old_side | not) and (.mask | not))
  | select(.check == "verified" or .check == "unchecked")
  | { description: .text,
      check_name: (.rule // .section),
      fingerprint: .fingerprint,
      severity: (if .age == "known" and (.known.expired | not) then "info"
                 else { "must-fix": "critical", "should-fix": "major",
                        "question": "minor", "nice-to-have": "info" }[.level]
                 end),
      location: { path: .path, lines: { begin: .line } } } ]
