# What a line of C is without its comments and the insides of its literals.
# Shared by layers.awk and lint.awk; call code($0) once a line, in order.

FNR == 1 {
	in_comment = 0
}

function code(line,    out, c, two, quote)
{
	if (!in_comment && line !~ /["'\/]/)
		return line
	out = ""
	while (line != "") {
		two = substr(line, 1, 2)
		c = substr(line, 1, 1)
		if (in_comment) {
			if (two != "*/") {
				line = substr(line, 2)
				continue
			}
			in_comment = 0
		} else if (quote != "") {
			if (c == "\\") {
				line = substr(line, 3)
				continue
			}
			if (c == quote) {
				quote = ""
				out = out c
			}
			line = substr(line, 2)
			continue
		} else if (two == "/*") {
			in_comment = 1
		} else if (two == "//") {
			return out
		} else {
			if (c == "\"" || c == "'")
				quote = c
			out = out c
			line = substr(line, 2)
			continue
		}
		line = substr(line, 3)
	}
	return out
}
