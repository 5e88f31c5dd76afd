/* What is held across an `.await`: locks, RefCell borrows, entered spans. */
#include "rust/guard.h"

#include <stdio.h>

#include "rust/guard_edit.h"
#include "rust/rule.h"

/* The token of the guard's own to speak at: the first whose line is added. */
static uint32_t guard_token(const struct rule_run *r, const struct guard *g)
{
	if (g->name != GUARD_NONE && rule_asks(r, g->name))
		return g->name;
	for (uint32_t i = g->first; i <= g->last; i++)
		if (rule_asks(r, i))
			return i;
	return g->name != GUARD_NONE ? g->name : g->call;
}

/* `.await` or `select!`, as the text has it. */
static void write_await(char *out, size_t size, const struct source *s,
			uint32_t i)
{
	if (look_kind(s, i) == KW_AWAIT)
		snprintf(out, size, "`.await`");
	else
		snprintf(out, size, "`%.*s!`", SPAN_ARG(lexer_text(&s->lx, i)));
}

static struct rule_place *speak(struct rule_run *r, const struct source *s,
				const struct guard *g, uint32_t at,
				uint32_t await)
{
	const char *of = g->kind == GUARD_REFCELL ? "" : g->of;
	const char *what = g->kind == GUARD_REFCELL ? "RefCell borrow"
			   : g->kind == GUARD_SPAN  ? " span guard"
						    : " lock guard";
	uint32_t line = look_line(s, g->call), to = look_line(s, await);
	struct span words = text_clip(g->evidence, 80);
	struct rule_place *p;
	char wait[64], more[32] = "";

	write_await(wait, sizeof(wait), s, await);
	if (g->awaits > 1)
		snprintf(more, sizeof(more), " (of %u)", g->awaits);
	if (g->hold == GUARD_TEMPORARY)
		p = rule_found(r, at, await,
			       "the temporary %s%s of `%.*s` on line %u is "
			       "still alive at the %s on line %u%s",
			       of, what, SPAN_ARG(words), line, wait, to, more);
	else
		p = rule_found(r, at, await,
			       "the %s%s `%.*s` (`%.*s`, line %u) is still "
			       "alive at the %s on line %u%s",
			       of, what, SPAN_ARG(lexer_text(&s->lx, g->name)),
			       SPAN_ARG(words), line, wait, to, more);
	return p;
}

static void run(struct rule_run *r, const struct source *s,
		enum guard_kind kind)
{
	struct guards all;

	guards_find(&all, rule_arena(r), s, 1u << kind);
	vec_each (struct guard, g, &all.row) {
		uint32_t at = guard_token(r, g), n = 0;
		const uint32_t *await;
		struct rule_place *p;

		if (!g->awaits)
			continue;
		await = &all.await.ptr[g->await];
		while (!rule_asks(r, at) && n + 1 < g->awaits &&
		       !rule_asks(r, await[n]))
			n++;
		p = speak(r, s, g, at, await[n]);
		if (p && kind != GUARD_SPAN)
			guard_edit(r, p, s, g, await[0]);
	}
}

static void run_lock(struct rule_run *r, const struct source *s)
{
	run(r, s, GUARD_LOCK);
}

static void run_refcell(struct rule_run *r, const struct source *s)
{
	run(r, s, GUARD_REFCELL);
}

static void run_span(struct rule_run *r, const struct source *s)
{
	run(r, s, GUARD_SPAN);
}

const struct rule rule_lock_across_await = {
	.id = "lock-across-await",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about = "std or parking_lot lock guard alive across .await",
	.consequence = "a task that waits for the lock blocks its worker "
		       "thread, and deadlocks when the holder needs that "
		       "thread to go on",
	.remedy = "end the guard before the `.await`, or use an async lock",
	.why = "A std or parking_lot lock blocks the thread that waits for it. "
	       "While a task is suspended at an .await with the guard alive, "
	       "another task of the same worker thread that takes the lock "
	       "stops that thread; if the first task was to be resumed there, "
	       "neither ever runs. The guard is not Send either, so that such "
	       "a future cannot be spawned on a multi-threaded runtime. A "
	       "temporary guard in a match, if let, while let or for lives "
	       "through the whole body.",
	.bad = "use std::sync::Mutex;\n"
	       "async fn add(total: &Mutex<u64>, feed: &mut Feed) {\n"
	       "    let mut sum = total.lock().unwrap();\n"
	       "    *sum += feed.next().await;\n"
	       "}\n",
	.good = "use std::sync::Mutex;\n"
		"async fn add(total: &Mutex<u64>, feed: &mut Feed) {\n"
		"    let n = feed.next().await;\n"
		"    *total.lock().unwrap() += n;\n"
		"}\n",
	.lint = "clippy::await_holding_lock",
	.run = run_lock,
};

const struct rule rule_refcell_across_await = {
	.id = "refcell-across-await",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about = "RefCell borrow alive across .await",
	.consequence = "whatever borrows the cell in conflict with it while "
		       "this task waits panics",
	.remedy = "end the borrow before the `.await`",
	.why = "A RefCell checks its borrows when the program runs. While a "
	       "task is suspended at an .await with a Ref or RefMut alive, "
	       "other tasks of the thread run; the first that calls "
	       "borrow_mut(), or borrow() against a RefMut, panics.",
	.bad = "use std::cell::RefCell;\n"
	       "async fn refresh(cache: &RefCell<Cache>) {\n"
	       "    let mut cache = cache.borrow_mut();\n"
	       "    cache.rows = fetch().await;\n"
	       "}\n",
	.good = "use std::cell::RefCell;\n"
		"async fn refresh(cache: &RefCell<Cache>) {\n"
		"    let rows = fetch().await;\n"
		"    cache.borrow_mut().rows = rows;\n"
		"}\n",
	.lint = "clippy::await_holding_refcell_ref",
	.run = run_refcell,
};

const struct rule rule_span_guard_across_await = {
	.id = "span-guard-across-await",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "async-performance",
	.about = "entered tracing span alive across .await",
	.consequence = "the span stays entered on this thread while other "
		       "tasks run on it, so that their events are recorded "
		       "under it",
	.remedy = "use `.instrument(span)` on the future or `#[instrument]` on "
		  "the fn",
	.why = "An entered span belongs to the thread, and is left when the "
	       "guard is dropped. At an .await the executor may run other "
	       "tasks on the thread, whose events and spans then become "
	       "children of this one, and may resume this task elsewhere. "
	       "The documentation of Span::enter() says so under \"In "
	       "Asynchronous Code\".",
	.bad = "use tracing::info_span;\n"
	       "async fn serve(req: Request) -> Response {\n"
	       "    let span = info_span!(\"serve\");\n"
	       "    let _entered = span.enter();\n"
	       "    answer(req).await\n"
	       "}\n",
	.good = "use tracing::{info_span, Instrument};\n"
		"async fn serve(req: Request) -> Response {\n"
		"    let span = info_span!(\"serve\");\n"
		"    answer(req).instrument(span).await\n"
		"}\n",
	.lint = "clippy::await_holding_invalid_type",
	.run = run_span,
};
