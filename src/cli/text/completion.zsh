#compdef architect cargo-architect
# zsh completion for architect: `architect completion zsh` prints it.

# Branches and tags, also behind the dots of a range.
_architect_revisions()
{
	local -a refs
	local expl

	compset -P '*...' || compset -P '*..'
	refs=(HEAD ${(f)"$(_call_program refs git for-each-ref \
		"--format='%(refname:short)'" refs/heads refs/tags \
		refs/remotes 2>/dev/null)"})
	_wanted revisions expl revision compadd -a refs
}

_architect_changes()
{
	_alternative 'revisions:revision:_architect_revisions' \
		'files:file:_files'
}

_architect()
{
	local context state state_descr line
	local -a commands options
	typeset -A opt_args

	# @tables@

	_arguments -C $options ': :->command' '*:: :->operand'
	case $state in
	command) _describe -t commands command commands ;;
	operand)
		_architect_options $words[1]
		_arguments -s -S $options
		;;
	esac
}

_architect "$@"
