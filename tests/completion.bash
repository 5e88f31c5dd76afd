# completion.bash SCRIPT LINE: what bash makes of LINE and a tab. Words are
# parted as readline does, at blanks and `=`.
# shellcheck shell=bash source=/dev/null
. "$1"
line=${2//=/ = }
read -ra COMP_WORDS <<<"$line"
[[ $line == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_architect
printf '%s\n' "${COMPREPLY[@]}"
