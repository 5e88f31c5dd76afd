# completion.zsh SCRIPTS LINE: what zsh makes of LINE and a tab, in a terminal
# of its own; SCRIPTS holds _architect.
zmodload zsh/zpty zsh/datetime
emulate -L zsh

# Read what comes until it holds $1, for at most some seconds.
await()
{
	local -F end=$((EPOCHREALTIME + 20))
	local more

	while [[ $out != *$1* ]] && ((EPOCHREALTIME < end)); do
		zpty -rt shell more && out+=$more || sleep 0.05
	done
	[[ $out == *$1* ]]
}

export TERM=dumb COLUMNS=200 LINES=50
zpty -b shell zsh -f -i
zpty -w shell "PROMPT= fpath=($1 \$fpath); autoload -U compinit;" \
	"compinit -u -D; LISTMAX=9999; print READ'Y'"
out=
await READY || exit 1
# the line comes back completed; a word that no completion makes ends it
out=
zpty -w -n shell "$2"$'\t'
await ${2##* } || exit 1
zpty -w -n shell $' END'
await END || exit 1
print -r -- ${${${out//$'\r'/}//$'\a'/}% END*}
zpty -d shell
