#!/bin/sh
# `make install` puts in place what a package holds, and nothing else; what is
# there works; `make uninstall` takes all of it away again.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
root="$tmp/a root"
mkdir -p "$root/opt/share/doc"
echo mine >"$root/opt/share/doc/mine"

run()
{
	make -s "$1" BUILD="${BUILD:-build}" DESTDIR="$root" PREFIX=/opt \
		>"$tmp/log" 2>&1 || {
		cat "$tmp/log" >&2
		exit 1
	}
}

run install
(cd "$root/opt" && find . ! -type d ! -path './share/doc/architect/examples/*' |
	sort) >"$tmp/there"
diff -u - "$tmp/there" <<'END'
./bin/architect
./bin/cargo-architect
./share/bash-completion/completions/architect
./share/bash-completion/completions/cargo-architect
./share/doc/architect/LICENSE
./share/doc/architect/README.md
./share/doc/mine
./share/fish/vendor_completions.d/architect.fish
./share/man/man1/architect.1
./share/man/man1/cargo-architect.1
./share/zsh/site-functions/_architect
END
test -f "$root/opt/share/doc/architect/examples/demo.sh"
"$root/opt/bin/cargo-architect" architect --version | grep -q '^architect '
grep -q '^\.SH NAME' "$root/opt/share/man/man1/cargo-architect.1"

run uninstall
(cd "$root" && find . ! -type d) >"$tmp/left"
[ "$(cat "$tmp/left")" = ./opt/share/doc/mine ] || {
	echo "install: left behind:" >&2
	cat "$tmp/left" >&2
	exit 1
}
[ ! -d "$root/opt/share/doc/architect" ]
echo "install: everything is there, and goes again"
