/* Tasks that nobody waits for. */
#include "base/arena.h"
#include "rust/rule.h"
#include "rust/spawn.h"

/* Tokens of a task that are looked at. */
#define TASK_MAX 4096

/* Why somebody should know how a task ends. */
enum reason {
	REASON_NONE,
	REASON_ERROR,	/* a `?` ends it */
	REASON_RESULT,	/* its value is a Result */
	REASON_PANIC,	/* it may panic */
	REASON_ENDLESS, /* it loops, and nothing ends it */
};

struct loss {
	enum reason reason;
	uint32_t at; /* the `?`, call or loop */
};

/* Is the `?` at i an operator? Not tracing's `?field`. */
static bool propagates(const struct source *s, uint32_t i)
{
	enum token_kind before = look_kind(s, i - 1);

	if (look_kind(s, i) != TOKEN_QUESTION)
		return false;
	return lexer_closes(before) || before == KW_AWAIT ||
	       (lexer_name(before) && !lexer_name(look_kind(s, i + 1)));
}

/* The name of the call that ends before token i, or LOOK_NONE. */
static uint32_t call_before(const struct source *s, uint32_t i)
{
	if (!i || look_kind(s, i - 1) != TOKEN_CLOSE_PAREN ||
	    !tree_paired(&s->tree, i - 1))
		return LOOK_NONE;
	i = s->tree.mate[i - 1];
	return i && lexer_name(look_kind(s, i - 1)) ? i - 1 : LOOK_NONE;
}

/* May the task end here by a panic? By an unwrap of what was awaited; not of a
 * lock, poisoned when a panic is being lost already, nor of a semaphore, which
 * is closed when all ends. */
static bool panics(const struct source *s, uint32_t i)
{
	bool awaited = false;

	if (look_method(s, i) == LOOK_NONE)
		return look_is(s, i, "panic") &&
		       look_kind(s, i + 1) == TOKEN_NOT;
	if (!look_is(s, i, "unwrap") && !look_is(s, i, "expect"))
		return false;
	for (uint32_t k = look_receiver(s, i - 1); k < i; k++) {
		if (look_is(s, k, "lock") || look_is(s, k, "read") ||
		    look_is(s, k, "write") || look_is(s, k, "acquire") ||
		    look_is(s, k, "acquire_owned"))
			return false;
		awaited |= look_kind(s, k) == KW_AWAIT;
	}
	return awaited;
}

/* Does the file have one fn of this name, and does it give a Result? */
static bool gives_result(const struct source *s, struct span name)
{
	const struct item *it = NULL;

	for (uint32_t i = 0; i < s->outline.count; i++) {
		if (s->outline.item[i].kind != ITEM_FN ||
		    !span_eq(s->outline.item[i].name, name))
			continue;
		if (it)
			return false;
		it = &s->outline.item[i];
	}
	for (uint32_t i = it ? it->key : 0; it && i < it->last; i++) {
		if (i == it->open)
			return false;
		if (look_kind(s, i) == TOKEN_ARROW)
			return look_is(s, i + 1, "Result") ||
			       look_match(s, i + 1, "$ :: Result") != LOOK_NONE;
		if (lexer_opens(look_kind(s, i)))
			i = s->tree.mate[i];
	}
	return false;
}

/* The call that ends before token i, if it gives a Result for sure. */
static struct loss lost_result(const struct source *s, uint32_t i)
{
	uint32_t call = call_before(s, i);
	struct span name;

	if (call == LOOK_NONE)
		return (struct loss){ 0 };
	name = lexer_word(&s->lx, call);
	if (span_starts(name, "serve_with_") ||
	    look_match(s, look_path_start(s, call), "axum :: serve (") !=
		    LOOK_NONE ||
	    gives_result(s, name))
		return (struct loss){ REASON_RESULT, call };
	return (struct loss){ 0 };
}

/* One file's run. How many ways out of a loop, and names that speak of one,
 * are before each token: counted when first asked for. */
struct pass {
	struct rule_run *r;
	const struct source *s;
	uint32_t *exits, *words;
};

static void count_exits(struct pass *p)
{
	uint32_t n = p->s->lx.count;

	p->words = spawn_words(rule_arena(p->r), p->s,
			       "select shutdown cancel stop close exit panic");
	p->exits =
		arena_array(rule_arena(p->r), (size_t)n + 1, sizeof(*p->exits));
	for (uint32_t i = 0; i < n; i++) {
		enum token_kind kind = look_kind(p->s, i);

		p->exits[i + 1] =
			p->exits[i] + (kind == KW_BREAK || kind == KW_RETURN ||
				       kind == TOKEN_QUESTION);
	}
}

/* Is there no way out of the `loop` at i? */
static bool endless(struct pass *p, uint32_t i)
{
	uint32_t open = i + 1, end = p->s->tree.mate[open];

	if (look_kind(p->s, open) != TOKEN_OPEN_BRACE)
		return false;
	if (!p->exits)
		count_exits(p);
	return p->exits[end] == p->exits[open] &&
	       p->words[end] == p->words[open];
}

/* What is lost of the async block at `{`: the gravest first. */
static struct loss loss_in(struct pass *p, uint32_t body)
{
	const struct source *s = p->s;
	uint32_t end = s->tree.mate[body], i;
	struct loss loss = { 0 };

	for (i = body + 1; i < end && i - body < TASK_MAX; i++) {
		if (s->context.body[i] != body)
			continue;
		if (propagates(s, i))
			return (struct loss){ REASON_ERROR, i };
		if (panics(s, i) && loss.reason != REASON_PANIC)
			loss = (struct loss){ REASON_PANIC, i };
		if (look_kind(s, i) == KW_LOOP && !loss.reason && endless(p, i))
			loss = (struct loss){ REASON_ENDLESS, i };
	}
	if (i == end && look_kind(s, end - 1) == KW_AWAIT &&
	    lost_result(s, end - 2).reason)
		return lost_result(s, end - 2);
	return loss;
}

/* Does what follows the block leave its value alone? */
static bool passed_on(const struct source *s, uint32_t behind)
{
	return look_kind(s, behind) != TOKEN_DOT ||
	       look_is(s, behind + 1, "instrument") ||
	       look_is(s, behind + 1, "in_current_span");
}

static struct loss find_loss(struct pass *pass, const struct spawn *p)
{
	const struct source *s = pass->s;

	for (uint32_t i = p->open + 1; i < p->close; i++) {
		if (look_kind(s, i) != KW_ASYNC)
			continue;
		i += look_kind(s, i + 1) == KW_MOVE ? 2 : 1;
		if (look_kind(s, i) != TOKEN_OPEN_BRACE ||
		    !passed_on(s, s->tree.mate[i] + 1))
			break;
		return loss_in(pass, i);
	}
	return lost_result(s, p->close);
}

static void speak(struct rule_run *r, const struct source *s,
		  const struct spawn *p, const struct loss *l)
{
	struct span word = lexer_text(&s->lx, l->at);
	unsigned line = look_line(s, l->at);

	if (l->reason == REASON_ERROR)
		rule_found(r, p->name, l->at,
			   "the `?` at line %u ends a task whose handle is "
			   "dropped, and the error with it",
			   line);
	else if (l->reason == REASON_RESULT)
		rule_found(r, p->name, l->at,
			   "the task's handle is dropped, and with it the "
			   "`Result` of `%.*s`",
			   SPAN_ARG(word));
	else if (l->reason == REASON_PANIC)
		rule_found(r, p->name, l->at,
			   "the task's handle is dropped, and with it the "
			   "panic of the `%.*s` at line %u",
			   SPAN_ARG(word), line);
	else if (s->role != ROLE_BINARY)
		rule_found(r, p->name, l->at,
			   "the task's handle is dropped, and nothing ends its "
			   "`loop` at line %u",
			   line);
}

static void run_dropped(struct rule_run *r, const struct source *s)
{
	struct pass pass = { .r = r, .s = s };
	struct spawn p;

	for (uint32_t i = 1; i < s->lx.count; i++) {
		struct loss loss;

		if (!spawn_read(&p, rule_arena(r), s, i) || !p.dropped)
			continue;
		loss = find_loss(&pass, &p);
		if (loss.reason)
			speak(r, s, &p, &loss);
	}
}

const struct rule rule_spawn_dropped = {
	.id = "spawn-dropped",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "a task whose handle is dropped though its end matters",
	.consequence = "nobody waits for the task or learns how it ends",
	.remedy =
		"should its end be logged, awaited, or asked for at shutdown?",
	.why = "Dropping a JoinHandle detaches its task: its value goes "
	       "nowhere, a panic is at most printed, and shutdown does not "
	       "wait for it. For a task that handles its own errors and ends "
	       "by itself that is fine. It is asked about where the block has "
	       "a `?` or gives a Result, where it can panic, and where nothing "
	       "ends its loop.",
	.bad = "fn watch(store: Store) {\n"
	       "    tokio::spawn(async move {\n"
	       "        let head = store.head().await?;\n"
	       "        store.follow(head).await\n"
	       "    });\n"
	       "}\n",
	.good = "fn watch(store: Store) {\n"
		"    tokio::spawn(async move {\n"
		"        if let Err(e) = store.follow_head().await {\n"
		"            tracing::error!(error = %e, \"no longer "
		"watching\");\n"
		"        }\n"
		"    });\n"
		"}\n",
	.run = run_dropped,
};
