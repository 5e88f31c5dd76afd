#include <signal.h>
#include <string.h>

#include "base/fs.h"
#include "case.h"

#define MAX_FILE (1 << 20)

static struct span word(struct span *rest)
{
	struct span all = span_trim(*rest), w;
	ptrdiff_t n = span_chr(all, ' ');

	w = n < 0 ? all : span_first(all, (size_t)n);
	*rest = span_trim(span_from(all, w.len));
	return w;
}

static int number(struct span s)
{
	int n = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
		n = n * 10 + (s.ptr[i] - '0');
	return n;
}

/* The row of a word, or -1. */
static int find(struct span w, const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (span_eqs(w, names[i]))
			return i;
	return -1;
}

static int do_cmd(struct test_case *c, struct span args)
{
	c->cmd = args;
	return 0;
}

static int do_env(struct test_case *c, struct span args)
{
	*vec_push(&c->env, c->arena) = args;
	return 0;
}

static int do_exit(struct test_case *c, struct span args)
{
	c->exit = number(args);
	return 0;
}

static int do_requests(struct test_case *c, struct span args)
{
	c->requests = number(args);
	return 0;
}

static int do_other(struct test_case *c, struct span args)
{
	c->other = number(args);
	return 0;
}

static int do_prints(struct test_case *c, struct span args)
{
	(void)args;
	c->prints = true;
	return 0;
}

static int do_limited(struct test_case *c, struct span args)
{
	(void)args;
	c->limited = true;
	return 0;
}

static int want(struct test_case *c, enum case_place place, struct span args)
{
	struct wanted *w = vec_push(&c->wanted, c->arena);

	w->place = place;
	if (place == IN_REQUEST) {
		w->request = (size_t)number(word(&args));
		args = span_trim(args);
	}
	if (span_starts(args, "! ")) {
		w->absent = true;
		args = span_from(args, 2);
	}
	w->text = args;
	return args.len ? 0 : -1;
}

static int do_stdout(struct test_case *c, struct span args)
{
	return want(c, IN_STDOUT, args);
}

static int do_stderr(struct test_case *c, struct span args)
{
	return want(c, IN_STDERR, args);
}

static int do_request(struct test_case *c, struct span args)
{
	return want(c, IN_REQUEST, args);
}

static int do_state(struct test_case *c, struct span args)
{
	return want(c, IN_STATE, args);
}

static int do_gap(struct test_case *c, struct span args)
{
	struct gap *g = vec_push(&c->gaps, c->arena);

	g->n = (size_t)number(word(&args));
	g->ms = number(args);
	return g->n > 1 ? 0 : -1;
}

static int do_grows(struct test_case *c, struct span args)
{
	size_t n = (size_t)number(args);

	*vec_push(&c->grown, c->arena) = n;
	return n > 1 ? 0 : -1;
}

static int do_during(struct test_case *c, struct span args)
{
	c->during_requests = (size_t)number(word(&args));
	c->during = span_trim(args);
	return c->during_requests && c->during.len ? 0 : -1;
}

static int do_after(struct test_case *c, struct span args)
{
	*vec_push(&c->after, c->arena) = args;
	return args.len ? 0 : -1;
}

static int do_files(struct test_case *c, struct span args)
{
	c->files = number(args);
	return c->files > 0 ? 0 : -1;
}

static int do_window(struct test_case *c, struct span args)
{
	c->window = number(args);
	return c->window ? 0 : -1;
}

static int do_patch(struct test_case *c, struct span args)
{
	c->patch = (int)number(args);
	return c->patch ? 0 : -1;
}

static int do_signal(struct test_case *c, struct span args)
{
	static const char *const names[] = { "HUP", "INT", "TERM", "PIPE",
					     NULL };
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE };
	int which = find(word(&args), names);
	struct span when = word(&args);

	if (which < 0)
		return -1;
	c->signal = signals[which];
	if (span_eqs(when, "request"))
		c->after_requests = (size_t)number(args);
	else if (span_eqs(when, "sent"))
		c->after_sent = (uint64_t)number(args);
	else
		return -1;
	return 0;
}

static int do_sink(struct test_case *c, struct span args)
{
	static const char *const names[] = { "read", "closed",	 "full",
					     "slow", "nonblock", "gone",
					     NULL };
	int which = find(args, names);

	if (which < 0)
		return -1;
	c->sink = (enum case_sink)which;
	return 0;
}

static int do_proxy(struct test_case *c, struct span args)
{
	static const char *const names[] = { "none", "407", "refuse", "forward",
					     NULL };
	int which = find(args, names);

	if (which < 0)
		return -1;
	c->proxy = (enum fake_proxy)which;
	return 0;
}

static const struct {
	const char *name;
	int (*run)(struct test_case *c, struct span args);
} words[] = {
	{ "cmd", do_cmd },	   { "env", do_env },
	{ "exit", do_exit },	   { "requests", do_requests },
	{ "other", do_other },	   { "prints", do_prints },
	{ "stdout", do_stdout },   { "stderr", do_stderr },
	{ "request", do_request }, { "state", do_state },
	{ "gap", do_gap },	   { "grows", do_grows },
	{ "signal", do_signal },   { "during", do_during },
	{ "files", do_files },	   { "sink", do_sink },
	{ "proxy", do_proxy },	   { "window", do_window },
	{ "patch", do_patch },	   { "limited", do_limited },
	{ "after", do_after },
};

static int run_line(struct test_case *c, struct span line)
{
	struct span args = line, name = word(&args);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_eqs(name, words[i].name))
			return words[i].run(c, args);
	return -1;
}

int case_read(struct test_case *c, struct arena *a, const char *dir,
	      struct error *err)
{
	struct span text, line;

	*c = (struct test_case){ .arena = a, .dir = dir };
	c->cmd = SPAN("review HEAD~1..HEAD");
	c->requests = c->other = -1;
	if (fs_read(&text, a, arena_printf(a, "%s/case", dir), MAX_FILE, err))
		return -1;
	for (unsigned n = 1; text_line(&text, &line); n++) {
		if (span_eqs(line, "script")) {
			c->script = text;
			break;
		}
		if (!line.len || span_starts(line, "#"))
			continue;
		if (run_line(c, line))
			return error_set(err, ERR_USAGE, "case, line %u: %.*s",
					 n, SPAN_ARG(line));
	}
	return 0;
}
