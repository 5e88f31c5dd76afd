# sourced: $python is one with jsonschema, or "none". Debian's python has
# Debian's modules, whatever python comes first in PATH.
for python in /usr/bin/python3 python3 none; do
	if "$python" -c 'import jsonschema' 2>/dev/null; then
		break
	fi
done
