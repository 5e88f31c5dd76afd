#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/job.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/columns.h"
#include "base/log.h"
#include "cli/screen.h"
#include "llm/models.h"

#define REDRAW_MS 80
#define USUAL 80
#define NARROWEST 20

static void write_stderr(struct span s)
{
	ssize_t n = write(STDERR_FILENO, s.ptr, s.len);

	(void)n; /* a lost progress line is no loss */
}

static void clear(void *ctx)
{
	struct progress *p = ctx;

	if (p->on && p->drawn_ms)
		write_stderr(SPAN("\r\x1b[K"));
	p->drawn_ms = 0;
}

void progress_open(struct progress *p, bool quiet, bool batch)
{
	const char *term = getenv("TERM");

	p->on = !quiet && isatty(STDERR_FILENO) &&
		!(term && !strcmp(term, "dumb"));
	p->batch = batch;
	p->begun_ms = clock_mono_ms();
	snprintf(p->phase, sizeof(p->phase), "waiting for the model");
	if (p->on)
		log_hook(clear, p);
}

void progress_close(struct progress *p)
{
	clear(p);
	if (p->on)
		log_hook(NULL, NULL);
	p->on = false;
}

/* Filled and empty boxes, one a section. */
static void add_sections(struct buf *b, const struct report *r)
{
	unsigned have = 0;

	vec_each (struct section, s, &r->sections)
		have += s->state == SECTION_PRESENT || s->state == SECTION_CUT;
	vec_each (struct section, s, &r->sections)
		buf_adds(b, s->state == SECTION_PRESENT ? "\u25a0"
			    : s->state == SECTION_CUT	? "\u25a3"
							: "\u25a1");
	buf_addf(b, " %u/%zu", have, r->sections.len);
}

/* The newest remark, as long as nobody has checked it. */
static void add_headline(struct buf *b, const struct report *r)
{
	if (!r->findings.len)
		return;
	buf_adds(b, " \u00b7 unchecked: ");
	text_visible_line(b, r->findings.ptr[r->findings.len - 1].text);
}

/*
 * Tokens and money so far. Most servers count the reply only at its end, so
 * until then it is estimated from its bytes, and marked with a tilde.
 */
static void add_figures(struct buf *b, const struct job *job, double seconds)
{
	const struct agent *ag = &job->agent;
	struct usage u = agent_running(ag), all = ag->spent;
	bool guessed = u.output != ag->turn.usage.output;

	usage_add(&all, &u);
	if (all.output > 0)
		buf_addf(b, " \u00b7 %s%lld tokens", guessed ? "~" : "",
			 (long long)all.output);
	if (all.cost >= 0)
		buf_addf(b, " \u00b7 %s$%.3f", guessed ? "~" : "", all.cost);
	buf_addf(b, " \u00b7 %.0f s", seconds);
}

/* Numbers first: what does not fit the width is cut at the end. */
static void add_job(struct buf *b, const struct job *job, const char *phase,
		    double seconds)
{
	const struct agent *ag = &job->agent;
	struct arena a = { 0 };
	struct report r = { 0 };

	if (!ag->turn.text.len && !ag->reply.len) {
		buf_addf(b, "%.0f s \u00b7 %s", seconds,
			 ag->turn.thought ? "the model is thinking" : phase);
		return;
	}
	agent_peek(ag, &a, &r);
	add_sections(b, &r);
	add_figures(b, job, seconds);
	add_headline(b, &r);
	arena_release(&a);
}

/* Asked each time: the window may have changed its size. */
static unsigned width(void)
{
	unsigned n = screen_columns(STDERR_FILENO);

	return !n ? USUAL : n < NARROWEST ? NARROWEST : n;
}

static void draw(struct progress *p)
{
	struct buf b = { 0 }, out = { 0 };
	int64_t now = clock_mono_ms();
	double seconds = (double)(now - p->begun_ms) / 1000;

	if (p->batch) {
		buf_addf(&b, "%u done, %u failed \u00b7 %.0f s", p->done,
			 p->failed, seconds);
	} else if (p->job) {
		if (p->job->review->parts > 1)
			buf_addf(&b, "part %zu of %zu \u00b7 ",
				 p->job->part + 1, p->job->review->parts);
		add_job(&b, p->job, p->phase, seconds);
	}
	buf_adds(&out, "\r\x1b[K");
	/* room for the terminal's own echo of ^C, so that it cannot wrap */
	buf_addsp(&out, columns_fit(buf_span(&b), width() - 4));
	write_stderr(buf_span(&out));
	p->drawn_ms = now;
	buf_release(&b);
	buf_release(&out);
}

void progress_job(struct progress *p, const struct job *job, const char *what)
{
	p->job = job;
	if (what)
		snprintf(p->phase, sizeof(p->phase), "%s", what);
	if (p->on && (what || clock_mono_ms() - p->drawn_ms >= REDRAW_MS))
		draw(p);
}

void progress_tick(struct progress *p)
{
	if (p->on && (p->job || p->batch) &&
	    clock_mono_ms() - p->drawn_ms >= REDRAW_MS)
		draw(p);
}

void progress_done(struct progress *p)
{
	p->job = NULL;
	clear(p);
}
