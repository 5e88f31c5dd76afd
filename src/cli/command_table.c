#include "cli/command.h"
#include "cli/options.h"

const struct command commands[] = {
	{ "review",
	  "review [<rev> | <a>..<b> | <a>...<b>] [--] [<path>...]\n"
	  "review --staged | --commit REV | --merge-base REF [--] [<path>...]\n"
	  "review --all [<rev>] -- <path>...\n"
	  "review -",
	  "review\twhat is not committed yet\n"
	  "review main...HEAD\twhat this branch adds\n"
	  "review HEAD~1..HEAD -- src\tthe last commit, in src alone\n"
	  "review --staged --fail-on must-fix\tas a gate before a commit\n"
	  "review --all -- src/pool.rs\ta file as it stands\n"
	  "review - <change.diff\ta diff, in no repository too",
	  "review a change; without a revision, what is not committed",
	  GROUP_REVIEW, OPERAND_REVISIONS, cmd_review },
	{ "design", "design \"<request>\" | -f FILE [-- <path>...]",
	  "design \"add a TTL cache to the pool\"\tin a sentence\n"
	  "design -f request.md -- src/pool.rs\tat length, with that file",
	  "design a change before it is written", GROUP_DESIGN, OPERAND_NONE,
	  cmd_design },
	{ "batch", "batch <a>..<b> | -i FILE|-",
	  "batch main..HEAD >reviews.ndjson\teach commit of this branch\n"
	  "batch -i jobs.ndjson --jobs 8\tthe jobs of a file",
	  "many reviews or designs, one JSON record a line", GROUP_BATCH,
	  OPERAND_REVISIONS, cmd_batch },
	{ "check", "check [FILE|-]",
	  "check report.md\texit 0 when all eight sections are there",
	  "is this Markdown a complete reply? exit 0 or 5", GROUP_CHECK,
	  OPERAND_FILES, cmd_check },
	{ "context", "context [review arguments]\ncontext design \"<request>\"",
	  "context main...HEAD\twhat goes along, from where, how much\n"
	  "context --request HEAD~1\tthe very bytes\n"
	  "context --settings\tevery setting and who set it",
	  "what would be sent, and why; nothing is sent", GROUP_CONTEXT,
	  OPERAND_REVISIONS, cmd_context },
	{ "rules", "rules [--explain ID]",
	  "rules --explain lock-across-await\twhy, with examples",
	  "what the program finds by itself, without a model", GROUP_RULES,
	  OPERAND_NONE, cmd_rules },
	{ "models", "models",
	  "models\tall of them\n"
	  "models --provider openai\tone provider's",
	  "known providers, models and prices", GROUP_MODELS, OPERAND_NONE,
	  cmd_models },
	{ "doctor", "doctor", "doctor\tkey, server, model, repository, guides",
	  "what works here, and what to do", GROUP_DOCTOR, OPERAND_NONE,
	  cmd_doctor },
	{ "completion", "completion bash|zsh|fish",
	  "completion bash >>~/.bash_completion\tread by bash-completion\n"
	  "completion zsh >~/.zfunc/_architect\tfor a folder of $fpath\n"
	  "completion fish >~/.config/fish/completions/architect.fish",
	  "a shell's completion script", GROUP_PRINT, OPERAND_SHELLS,
	  cmd_completion },
	{ "man", "man",
	  "man | man -l -\tread it (mandoc -a, where man knows no -l)",
	  "the manual page", GROUP_PRINT, OPERAND_NONE, cmd_man },
	{ "help", "help [COMMAND]", "help review\tits options, with examples",
	  "this, or a command's options", GROUP_PRINT, OPERAND_COMMANDS,
	  cmd_help },
};

const size_t commands_len = sizeof(commands) / sizeof(commands[0]);
