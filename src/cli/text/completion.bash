# bash completion for architect: `architect completion bash` prints it.
# shellcheck shell=bash

# @tables@

_architect_match()
{
	local word

	for word in $1; do
		[[ $word == "$cur"* ]] && COMPREPLY+=("$before$word")
	done
}

# Branches and tags, also behind the dots of a range. What a repository calls
# them is never expanded.
_architect_revisions()
{
	local ref

	case $cur in
	*...*) before+=${cur%...*}... ;;
	*..*) before+=${cur%..*}.. ;;
	esac
	cur=${cur##*..}
	cur=${cur#.}
	while IFS= read -r ref; do
		[[ $ref == "$cur"* ]] || continue
		printf -v ref '%q' "$ref"
		COMPREPLY+=("$before$ref")
	done < <(
		if declare -F __git_refs >/dev/null; then
			__git_refs
		else
			echo HEAD
			git for-each-ref --format='%(refname:short)' \
				refs/heads refs/tags refs/remotes
		fi 2>/dev/null
	)
}

_architect_dirs()
{
	local dir

	compopt -o filenames 2>/dev/null
	while IFS= read -r dir; do
		COMPREPLY+=("$dir")
	done < <(compgen -d -- "$cur")
}

# What is wanted, of a kind: words, or files where nothing is put in COMPREPLY.
_architect_complete()
{
	case $1 in
	any) compopt +o default +o bashdefault 2>/dev/null ;;
	files) ;;
	dirs) _architect_dirs ;;
	revisions) _architect_revisions ;;
	words) _architect_match "$2" ;;
	esac
}

_architect()
{
	local cur=${COMP_WORDS[COMP_CWORD]} before='' command='' paths='' i=1
	local last=$COMP_CWORD option kind words

	COMPREPLY=()
	# `--format=js` is three words, or one where `=` breaks none
	if [[ $cur == = ]]; then
		cur=
	elif [[ ${COMP_WORDS[last - 1]} == = ]]; then
		last=$((last - 1))
	elif [[ $cur == --*=* ]]; then
		before=${cur%%=*}=
		cur=${cur#*=}
	fi
	option=${before%=}
	[[ $option ]] || option=${COMP_WORDS[last - 1]}
	while ((i < COMP_CWORD)); do
		case ${COMP_WORDS[i]} in
		--) paths=1 ;;
		-*)
			_architect_value "${COMP_WORDS[i]}" &&
				[[ ${COMP_WORDS[i + 1]} != = ]] && i=$((i + 1))
			;;
		=) ;;
		*) [[ $command ]] || command=${COMP_WORDS[i]} ;;
		esac
		i=$((i + 1))
	done
	if [[ ! $paths ]] && _architect_value "$option"; then
		_architect_complete "$kind" "$words"
	elif [[ $paths ]]; then
		return
	elif [[ $cur == -* ]]; then
		_architect_options "$command"
		_architect_match "$words"
	elif [[ ! $command ]]; then
		_architect_match "$_architect_commands"
	else
		_architect_operand "$command"
		_architect_complete "$kind" "$words"
	fi
}

complete -o bashdefault -o default -F _architect architect cargo-architect
