# Who may include what; run by layers.sh, after code.awk. Paths are relative
# to the top of the project.

BEGIN {
	height["base"] = 0
	height["core"] = 1
	height["rust"] = height["repo"] = height["llm"] = 2
	height["render"] = 2
	height["agent"] = 3
	height["cli"] = 4

	# a header of a library, and the one place that may name it
	place["curl/"] = "^src/llm/http\\.c$"
	place["git2"] = "^(src/repo/|include/repo/store\\.h$)"
	place["pcre2"] = "^src/base/re\\.c$"
	place["md4c"] = "^src/render/md\\.c$"
	place["check.h"] = "^tests/"
	place["cJSON"] = "\\.c$"
	place["cjson/"] = "\\.c$"

	allocate = "(malloc|calloc|realloc|reallocarray|free|strdup|strndup" \
		   "|asprintf|vasprintf|getline)"
}

function wrong(words)
{
	printf "%s:%d: %s\n", FILENAME, FNR, words
	bad = 1
}

function arrow(from, to)
{
	if (!(to in height))
		wrong("there is no floor " to)
	else if (from == "")
		return
	else if (height[to] > height[from])
		wrong(from " may not look up to " to)
	else if (height[to] == height[from] && to != from)
		wrong(from " may not look sideways to " to)
	else if (to == "render" && from == "agent")
		wrong("agent never sees render")
}

function include(line,    name, part)
{
	name = line
	sub(/^[ \t]*#[ \t]*include[ \t]*["<]/, "", name)
	sub(/[">].*/, "", name)
	for (part in place)
		if (index(name, part) == 1 && FILENAME !~ place[part])
			wrong(name " has no place here")
	if (line !~ /include[ \t]*"/ || ours == "")
		return
	if (name !~ /^[a-z]+\/[a-z0-9_]+\.h$/)
		wrong("the include line must name the floor: " name)
	else
		arrow(floor, substr(name, 1, index(name, "/") - 1))
}

FNR == 1 {
	n = split(FILENAME, step, "/")
	ours = step[1] ~ /^(src|include)$/ ? step[1] : ""
	floor = ours != "" && n == 3 ? step[2] : ""
	if (floor != "" && !(floor in height))
		wrong("there is no floor " floor)
	if (ours != "" && n != 3 && FILENAME != "src/main.c")
		wrong("a source lies in a floor: " FILENAME)
}

{
	plain = code($0)
}

# the code of an include line has lost the name between its quotes
plain ~ /^[ \t]*#[ \t]*include/ {
	include($0)
	next
}

ours == "src" && floor != "base" {
	if ((" " plain) ~ ("[^A-Za-z0-9_.>]" allocate "[ \t]*\\("))
		wrong("only base/ asks for memory or frees it")
}

END {
	exit bad
}
