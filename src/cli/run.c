#include "cli/run.h"

#include <string.h>

#include "agent/task.h"
#include "base/fs.h"
#include "base/log.h"
#include "cli/descriptors.h"
#include "cli/invocation.h"
#include "cli/key_command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/window.h"
#include "repo/repo.h"

/* Besides one a conversation: certificates, names, other repositories. */
#define SPARE_FILES 8
/* A connection, what is read while it is made, and the pipe for signals. */
#define LEAST_FILES 4
#define MAX_INTENT (256 * 1024)
#define MAX_REQUEST (256 * 1024)

struct repo_limits run_repo_limits(const struct settings *s)
{
	return (struct repo_limits){
		.deadline_ms = s->repo_timeout,
		.memory = s->worker_memory,
		.max_file = s->max_file,
		.max_diff = s->max_diff,
	};
}

static int open_repo(struct run *run, struct error *err)
{
	const struct settings *s = &run->inv->settings;
	struct repo_limits limits = run_repo_limits(s);

	if (repo_start(endpoint_secret_env, err))
		return -1;
	return repo_open(&run->repo, s->dir, &limits, err);
}

/* The worker was started before git's configuration could be read: with other
 * limits than that says, it is started anew. */
static int apply_repo_limits(struct run *run, const struct repo_limits *before,
			     struct error *err)
{
	struct repo_limits now = run_repo_limits(&run->inv->settings);

	if (now.deadline_ms == before->deadline_ms &&
	    now.memory == before->memory && now.max_file == before->max_file &&
	    now.max_diff == before->max_diff)
		return 0;
	repo_close(run->repo);
	return repo_open(&run->repo, run->inv->settings.dir, &now, err);
}

static struct http_limits limits_of(const struct settings *s)
{
	return (struct http_limits){
		.connect_ms = s->connect_timeout,
		.first_byte_ms = s->first_byte_timeout,
		.idle_ms = s->idle_timeout,
		.max_body = s->max_response,
		.max_headers = s->max_headers,
		.allow_http = s->allow_http,
	};
}

static int read_config(struct run *run, struct error *err)
{
	struct repo_limits before = run_repo_limits(&run->inv->settings);
	struct config_list list = { 0 };

	if (repo_config(&list, &run->arena, run->repo, err) ||
	    options_config(run->inv, &run->arena, &list, err))
		return -1;
	options_set_log_level(&run->inv->settings);
	if (run->inv->settings.models_file &&
	    models_load(&run->arena, run->inv->settings.models_file, err))
		return -1;
	return apply_repo_limits(run, &before, err);
}

static int check_settings(const struct settings *s, struct error *err)
{
	if (s->jobs < 1 || s->jobs > 1000)
		return error_set(err, ERR_USAGE,
				 "--jobs must be between 1 and 1000");
	if (s->max_parts > 1000)
		return error_set(err, ERR_USAGE,
				 "--max-parts must be between 1 and 1000");
	if (s->tries < 1)
		return error_set(err, ERR_USAGE,
				 "--retries counts all tries: at least 1");
	return 0;
}

/* As many conversations at once as there can be connections. */
static int fit_jobs(struct settings *s, struct error *err)
{
	int64_t have = descriptors_free(s->jobs + SPARE_FILES);
	int64_t jobs = have - SPARE_FILES;

	if (have < LEAST_FILES)
		return error_set(err, ERR_INTERNAL,
				 "too few files may be open for a connection: "
				 "raise the limit (ulimit -n)");
	if (jobs >= s->jobs)
		return 0;
	s->jobs = jobs > 1 ? jobs : 1;
	log_note("the limit of open files (ulimit -n) allows for %lld at once",
		 (long long)s->jobs);
	return 0;
}

/*
 * Without a credential everything but sending works, so what is wrong with it
 * is said last: by run_ready(), when there is something to send.
 */
static int find_endpoint(struct run *run, struct error *err)
{
	const struct settings *s = &run->inv->settings;
	const char *key = NULL;

	if (s->key_command && endpoint_wants_key(s)) {
		if (run->needs & RUN_KEY &&
		    key_command_run(&key, &run->arena, s->key_command, err))
			return -1;
	}
	if (run->needs & RUN_KEY &&
	    !endpoint_resolve(&run->endpoint, &run->arena, s, key, true,
			      &run->no_key))
		return 0;
	return endpoint_resolve(&run->endpoint, &run->arena, s, key, false,
				err);
}

int run_open(struct run *run, struct invocation *inv, unsigned needs,
	     struct error *err)
{
	const struct settings *s = &inv->settings;

	run->inv = inv;
	run->needs = needs;
	run->wake_fd = -1;
	if (open_repo(run, err))
		return -1;
	/* the network side starts while the worker opens the repository */
	run->http_limits = limits_of(s);
	if (needs & RUN_HTTP && http_open(&run->http, &run->http_limits, err))
		return -1;
	if (read_config(run, err) || check_settings(s, err))
		return -1;
	run->http_limits = limits_of(s);
	if (run->http)
		http_set_limits(run->http, &run->http_limits);
	if (run->http && fit_jobs(&inv->settings, err))
		return -1;
	return find_endpoint(run, err);
}

int run_ready(struct run *run, struct error *err)
{
	if (!run->no_key.kind)
		return 0;
	*err = run->no_key;
	return -1;
}

void run_ask(struct run *run, bool load)
{
	if (!run->endpoint.offline && !run->no_key.kind)
		window_open(&run->endpoint.window, &run->endpoint,
			    &run->http_limits, load, run->wake_fd);
}

void run_close(struct run *run)
{
	window_close(run->endpoint.window);
	if (run->http)
		http_close(run->http);
	repo_stop(); /* first, so that closing waits for nobody */
	if (run->repo)
		repo_close(run->repo);
	arena_release(&run->arena);
	*run = (struct run){ 0 };
}

enum guides_from run_guides_from(const char *word)
{
	if (!strcmp(word, "head"))
		return GUIDES_HEAD;
	if (!strcmp(word, "worktree"))
		return GUIDES_WORKTREE;
	return GUIDES_BASE;
}

int run_intent(const char **out, struct arena *a, const char *given,
	       const char *other, struct error *err)
{
	struct span text;

	*out = given;
	if (!given || given[0] != '@')
		return 0;
	if (!given[1])
		return error_set(err, ERR_USAGE,
				 "--intent @ names no file: --intent @FILE, or "
				 "@- for stdin");
	if (other && !strcmp(given, "@-"))
		return error_set(err, ERR_USAGE,
				 "%s and --intent @- both read stdin, which "
				 "can be read once: name a file for one",
				 other);
	if (fs_read(&text, a, given + 1, MAX_INTENT, err)) {
		err->kind = ERR_USAGE;
		return error_prefix(err, "--intent");
	}
	*out = text.ptr;
	return 0;
}

/* The words of a design request: one argument, or -f FILE. */
static int design_text(struct task_request *rq, struct run *run,
		       struct error *err)
{
	struct invocation *inv = run->inv;
	struct span text;

	if (inv->file) {
		if (inv->nwords)
			return error_set(err, ERR_USAGE,
					 "give the request as words or with "
					 "-f, not both");
		say_waiting(inv->file, "the request", "-f FILE reads a file");
		if (fs_read(&text, &run->arena, inv->file, MAX_REQUEST, err))
			return -1;
		if (span_chr(text, '\0') >= 0)
			return error_set(err, ERR_USAGE,
					 "%s is no text: it holds a NUL byte",
					 inv->file);
		rq->text = text.ptr;
	} else if (inv->nwords == 1) {
		rq->text = inv->words[0];
	} else {
		return error_set(
			err, ERR_USAGE,
			"%s: `architect design \"add a TTL cache\"`, or "
			"-f FILE",
			inv->nwords ? "give the request as one word, in "
				      "quotes"
				    : "say what is to be designed");
	}
	if (!span_trim(span_of(rq->text)).len)
		return error_set(err, ERR_USAGE, "the design request is empty");
	rq->spec.paths = (const char *const *)inv->paths;
	rq->spec.npaths = inv->npaths;
	return 0;
}

static int one_form(const struct invocation *inv, struct error *err)
{
	if (inv->all + inv->staged + !!inv->commit + !!inv->merge_base > 1)
		return error_set(err, ERR_USAGE,
				 "--all, --staged, --commit and --merge-base "
				 "exclude each other");
	return 0;
}

bool run_wants_diff(const struct invocation *inv)
{
	return inv->nwords && !strcmp(inv->words[0], "-");
}

/* The diff is all that is asked about. */
static int check_diff_alone(const struct invocation *inv, struct error *err)
{
	const struct {
		bool given;
		const char *name, *instead;
	} others[] = {
		{ inv->all, "--all", "there is no tree to read" },
		{ inv->staged, "--staged", "`git diff --staged` gives it" },
		{ inv->commit, "--commit", "`git show REV` gives it" },
		{ inv->merge_base, "--merge-base",
		  "`git diff --merge-base REF` gives it" },
		{ inv->untracked, "--untracked",
		  "`git add -N` takes new files into a diff" },
		{ inv->nwords > 1, "a revision", "`git diff A..B` gives it" },
		{ inv->npaths, "a path",
		  "--exclude and --include choose files" },
		{ inv->settings.intent && !strcmp(inv->settings.intent, "@-"),
		  "--intent @-", "stdin can be read once: name a file" },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i].given)
			return error_set(err, ERR_USAGE,
					 "`-` reviews the diff on stdin as it "
					 "is, without %s: %s",
					 others[i].name, others[i].instead);
	return 0;
}

static int read_diff(struct task_request *rq, struct run *run,
		     struct error *err)
{
	size_t most = (size_t)run->inv->settings.max_diff;

	say_waiting("-", "a diff",
		    "`git diff | architect review -` pipes one in");
	switch (fs_read(&rq->diff, &run->arena, "-", most, err)) {
	case 0:
		return 0;
	case FS_TOO_LARGE:
		return error_prefix(err, "reading the diff (--max-diff raises "
					 "the ceiling)");
	}
	return error_prefix(err, "reading the diff");
}

int run_request(struct task_request *rq, struct run *run,
		const struct task *task, struct error *err)
{
	struct invocation *inv = run->inv;
	const struct settings *s = &inv->settings;

	*rq = (struct task_request){
		.task = task,
		.agent = s->agent,
		.guides_from = run_guides_from(s->guides_from),
	};
	if (task == &task_patch && check_diff_alone(inv, err))
		return -1;
	if (run_intent(&rq->intent, &run->arena, s->intent,
		       inv->file && !strcmp(inv->file, "-") ? "-f -" : NULL,
		       err))
		return -1;
	if (task == &task_design)
		return design_text(rq, run, err);
	if (task == &task_patch)
		return read_diff(rq, run, err);
	rq->spec = (struct rev_spec){
		.words = (const char *const *)inv->words,
		.nwords = inv->nwords,
		.dashdash = inv->dashdash,
		.paths = (const char *const *)inv->paths,
		.npaths = inv->npaths,
		.staged = inv->staged,
		.commit = inv->commit,
		.merge_base = inv->merge_base,
		.untracked = inv->untracked,
		.all = inv->all,
	};
	return one_form(inv, err);
}
