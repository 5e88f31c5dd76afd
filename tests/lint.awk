# The style of style.md that a script can see; run by lint.sh, after code.awk,
# over .c and .h files; over scripts only what holds for any text. Says
# file:line for each fault; with -v lengths=1 prints the length of every
# function instead.

BEGIN {
	longest_function = 80
	longest_file = 600
	banned = "(strcpy|stpcpy|strcat|sprintf|vsprintf|gets|strtok|strtok_r" \
		 "|atoi|atol|atoll|atof|system|popen|alloca|tmpnam|mktemp" \
		 "|v?[fs]?scanf)"
	todo = "(TO" "DO|FIX" "ME|XX" "X)"
}

function wrong(words)
{
	if (!lengths)
		printf "%s:%d: %s\n", FILENAME, FNR, words
	bad = 1
}

# columns of a line: tabs of 8, a UTF-8 character is one
function columns(line,    n, at)
{
	gsub(/[\200-\277]/, "", line)
	if (length(line) + 7 * gsub(/\t/, "\t", line) <= 80)
		return 0
	while ((at = index(line, "\t")) > 0) {
		n += at - 1
		n += 8 - n % 8
		line = substr(line, at + 1)
	}
	return n + length(line)
}

function check_raw(line)
{
	if (line ~ /[ \t\r]$/)
		wrong("blanks at the end of the line")
	if (line ~ /^ +\t/ || line ~ /^        /)
		wrong("indented with blanks instead of tabs")
	if (columns(line) > 80)
		wrong("longer than 80 columns")
	if (line ~ ("(^|[^A-Za-z])" todo "([^A-Za-z]|$)"))
		wrong("work left to do belongs in an issue")
}

# line has a blank before it, so that a name always has one
function check_code(line,    name)
{
	if (line ~ ("[^A-Za-z0-9_.>]" banned "[ \t]*\\("))
		wrong("a banned call")
	if (line ~ /^[ \t]*[A-Za-z_][A-Za-z0-9_]*:[ \t]*$/ &&
	    line !~ /^[ \t]*(out|default):/)
		wrong("the one cleanup label is `out`")
	if (line ~ /[^a-z_]typedef[ \t]+(struct|union|enum)[^a-z_]/ &&
	    line !~ /\(/)
		wrong("no typedef of a struct, union or enum")
	if (line ~ /[^a-z_](struct|union|enum)[ \t]+[a-z0-9_]+_t[^a-z0-9_]/)
		wrong("names that end in _t are the system's")
	if (line ~ /[^a-z_]typedef[^a-z_]/)
		in_typedef = FNR
	if (in_typedef && line ~ /;/) {
		if (line ~ /_t\)?[ \t]*(;|\()/ || typed !~ /_fn/ &&
		    line !~ /_fn/)
			wrong("only function types are typedef'd, as …_fn")
		in_typedef = 0
	}
	typed = in_typedef ? typed line : ""
	if (line ~ /^ [A-Za-z]/ && line !~ /^ static / &&
	    line ~ /[^A-Za-z0-9_](str|mem|is|to)[a-z][a-z0-9_]*\(/)
		wrong("names in str, mem, is or to are the library's")
}

# a function is what stands between braces in the first column
function check_function(raw)
{
	if (raw == "{") {
		start = FNR
	} else if (start && raw ~ /^}/) {
		if (lengths)
			print FNR - start + 1
		else if (FNR - start + 1 > longest_function)
			wrong("a function of " FNR - start + 1 " lines; " \
			      longest_function " is the most")
		start = 0
	}
}

# a source begins with its own header
function check_first(raw,    own, part)
{
	if (first != "" || raw !~ /^#include/)
		return
	first = raw
	if (split(FILENAME, part, "/") != 3 || part[1] != "src")
		return
	own = part[2] "/" part[3]
	sub(/c$/, "h", own)
	if (index(headers, "|include/" own "|") &&
	    raw != "#include \"" own "\"")
		wrong("a source includes its own header first")
}

FNR == 1 {
	start = in_typedef = 0
	first = typed = ""
}

{
	check_raw($0)
}

FILENAME ~ /\.[ch]$/ {
	check_code(" " code($0) " ")
	check_function($0)
	check_first($0)
	if (FNR == longest_file + 1)
		wrong("a file of more than " longest_file " lines")
}

END {
	exit bad && !lengths
}
