# fish completion for architect: `architect completion fish` prints it.

# Branches and tags, also behind the dots of a range.
function __architect_revisions
    set -l before (string match -r '^.*\.\.\.?|^' -- (commandline -ct))
    for ref in HEAD (git for-each-ref '--format=%(refname:short)' \
            refs/heads refs/tags refs/remotes 2>/dev/null)
        echo $before$ref
    end
end

# Is the command that was typed one of these? Without any: was none typed?
function __architect_command
    for word in (commandline -opc)[2..]
        if contains -- $word $__architect_commands
            contains -- $word $argv
            return
        end
    end
    not count $argv >/dev/null
end

# @tables@

complete -c cargo-architect -w architect
