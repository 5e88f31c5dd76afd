#!/bin/sh
# The completion scripts, run by their shells: what stands behind a line and a
# tab. bash always; zsh and fish where they are.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
here=$PWD
bin=$PWD/${BUILD:-build}/architect
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export HOME="$tmp" XDG_CONFIG_HOME="$tmp" XDG_DATA_HOME="$tmp"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
for shell in bash zsh fish; do
	"$bin" completion $shell >"$tmp/architect.$shell"
done
cp "$tmp/architect.zsh" "$tmp/_architect"

# a branch whose name would run a command if a shell expanded it
mkdir "$tmp/repo" && cd "$tmp/repo"
git init -q -b main
git -c user.name=n -c user.email=e commit -q --allow-empty -m one
git branch topic
# shellcheck disable=SC2016 # its name is these characters
git branch 'evil$(touch${IFS}pwned)'
touch notes.md

# the line, a bar, what must be offered; `!` before what must not
rows='
architect rev|review
architect review --fail-o|--fail-on
architect review --inpu|!--input
architect review --fail-on mu|must-fix
architect review --format=js|json
architect batch -C . --provider olla|ollama
architect review --model sonn|sonnet
architect review top|topic
architect review main...top|main...topic
architect review --commit HEA|HEAD
architect review evi|evil
architect rules --explain lock|lock-across-await
architect help doc|doctor
architect completion fi|fish
'

offered()
{
	case $1 in
	bash) bash "$here/tests/completion.bash" "$tmp/architect.bash" "$2" ;;
	zsh) zsh -f "$here/tests/completion.zsh" "$tmp" "$2" ;;
	fish)
		fish --no-config -c \
			"source $tmp/architect.fish; complete -C '$2'"
		;;
	esac
}

rc=0
for shell in bash zsh fish; do
	command -v $shell >/dev/null || {
		echo "completion: $shell is not here: skipped"
		continue
	}
	n=0
	while IFS='|' read -r line want; do
		[ -n "$line" ] || continue
		n=$((n + 1))
		got=$(offered $shell "$line" 2>&1) || true
		case $want in
		!*) case $got in *"${want#!}"*) ;; *) continue ;; esac ;;
		*) case $got in *"$want"*) continue ;; esac ;;
		esac
		echo "completion: $shell: '$line' gives '$got', not '$want'" >&2
		rc=1
	done <<-END
	$rows
	END
	[ ! -e pwned ] || {
		echo "completion: $shell ran a branch's name" >&2
		rc=1
	}
	echo "completion: $shell: $n lines"
done
exit $rc
