/* Tasks that nothing counts, and tasks that nobody waits for. */
#include "base/arena.h"
#include "rust/rule.h"

/* Tokens of a loop's header, of a task, of a fn that are looked at. */
#define HEADER_MAX 128
#define TASK_MAX 4096
/* So far out is a loop looked for. */
#define OUT_MAX 64

/* A call that starts a task. */
struct spawn {
	uint32_t name, open, close; /* of the call */
	uint32_t first;		    /* of its path */
	struct span path;
	bool dropped;  /* a statement, its handle let go */
	uint32_t push; /* `push` of a handle that is kept, or LOOK_NONE */
};

/* `x.push(…)` around the call, or of the name it is bound to, further on. */
static uint32_t kept_by(const struct source *s, const struct spawn *p)
{
	uint32_t around = s->tree.parent[p->first];
	uint32_t i = s->tree.first[p->first], name;

	if (around != TREE_NONE && around &&
	    look_kind(s, around) == TOKEN_OPEN_PAREN &&
	    look_is(s, around - 1, "push"))
		return around - 1;
	if (look_match(s, i, "let $") == LOOK_NONE)
		return LOOK_NONE;
	name = i + 1;
	for (unsigned n = 0; n < HEADER_MAX; n++) {
		i = p->close + 1 + n;
		if (look_is(s, i, "push") &&
		    look_match(s, i + 1, "( $ )") != LOOK_NONE &&
		    span_eq(lexer_text(&s->lx, i + 2),
			    lexer_text(&s->lx, name)))
			return i;
	}
	return LOOK_NONE;
}

/* A runtime's or handle's method, by the name it is called on. */
static bool runtime_method(const struct source *s, uint32_t i)
{
	static const char *const ends[] = { "rt", "runtime", "handle",
					    "executor", "current" };
	uint32_t on = i - 2;

	if (look_method(s, i) == LOOK_NONE || i < 2)
		return false;
	if (look_kind(s, on) == TOKEN_CLOSE_PAREN && s->tree.mate[on])
		on = s->tree.mate[on] - 1;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (span_ends(lexer_text(&s->lx, on), ends[k]))
			return true;
	return false;
}

/* Does the call of the name at i start a task and give its handle? Of those
 * that are not known it must be a module's, be called `spawn`, and be given an
 * async block. */
static bool starts_task(struct spawn *p, struct rule_run *r,
			const struct source *s, uint32_t i)
{
	uint32_t owner = i - 2;

	p->path = lexer_text(&s->lx, i);
	if (look_kind(s, i - 1) == TOKEN_DOT) {
		p->first = look_receiver(s, i - 1);
		return look_kind(s, p->open + 1) == KW_ASYNC &&
		       runtime_method(s, i);
	}
	p->first = look_path_start(s, i);
	p->path = look_path(s, rule_arena(r), i);
	if (names_spawn(p->path))
		return true;
	return p->first < i && look_kind(s, p->open + 1) == KW_ASYNC &&
	       *lexer_text(&s->lx, owner).ptr >= 'a';
}

static bool read_spawn(struct spawn *p, struct rule_run *r,
		       const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i];

	*p = (struct spawn){ .name = i, .open = i + 1, .push = LOOK_NONE };
	if (!(look_is(s, i, "spawn") || look_is(s, i, "spawn_local")) ||
	    look_kind(s, p->open) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, p->open) || look_kind(s, i - 1) == KW_FN ||
	    !starts_task(p, r, s, i))
		return false;
	p->close = s->tree.mate[p->open];
	if (look_match(s, first, "let _ =") != LOOK_NONE)
		first += 3;
	else if (look_match(s, first, "_ =") != LOOK_NONE)
		first += 2;
	p->dropped =
		first == p->first && look_kind(s, p->close + 1) == TOKEN_SEMI;
	if (!p->dropped)
		p->push = kept_by(s, p);
	return true;
}

/* The `loop`, `while` or `for` whose body the token is in. */
static uint32_t loop_around(const struct source *s, uint32_t i, uint32_t *open)
{
	uint32_t body = s->context.body[i];

	for (unsigned out = 0; out < OUT_MAX; out++) {
		i = s->tree.parent[i];
		if (i == TREE_NONE || i <= body)
			break;
		if (look_kind(s, i) != TOKEN_OPEN_BRACE)
			continue;
		*open = i;
		for (uint32_t n = 1; n < HEADER_MAX && n <= i; n++) {
			enum token_kind kind = look_kind(s, i - n);

			if (kind == KW_LOOP || kind == KW_WHILE ||
			    kind == KW_FOR)
				return i - n;
			if (kind == TOKEN_SEMI || kind == TOKEN_OPEN_BRACE ||
			    kind == TOKEN_FAT_ARROW || kind == KW_IF ||
			    kind == KW_MATCH || kind == KW_ELSE)
				break;
			if (lexer_closes(kind))
				n += i - n - s->tree.mate[i - n];
		}
	}
	return LOOK_NONE;
}

static bool holds_one(struct span word, const char *parts)
{
	struct span rest = span_of(parts), part;

	while (text_field(&rest, ' ', &part))
		if (span_find(word, part) >= 0)
			return true;
	return false;
}

/* Sets of words that names are looked through for: parts of them. */
enum { FEW, SERVER, BOUND, ENDING, WORD_SETS };

static const char *const word_sets[WORD_SETS] = {
	[FEW] = "chunk take worker partition shard thread replica peer node "
		"listener server cpu core",
	[SERVER] = "accept incoming",
	[BOUND] = "acquire emaphore permit buffered buffer_unordered "
		  "_concurrent join_next JoinSet in_flight inflight _limit "
		  "limiter",
	[ENDING] = "select shutdown cancel stop close exit panic",
};

/* What one file's run knows: how many names with a word of the set, and how
 * many ways out of a loop, are before each token. Counted when first asked. */
struct pass {
	struct rule_run *r;
	const struct source *s;
	uint32_t *names[WORD_SETS], *exits;
};

static bool speaks_of(struct pass *p, uint32_t from, uint32_t to, unsigned set)
{
	const struct lexer *lx = &p->s->lx;
	uint32_t **sum = &p->names[set];

	if (!*sum) {
		*sum = arena_array(rule_arena(p->r), (size_t)lx->count + 1,
				   sizeof(**sum));
		for (uint32_t i = 0; i < lx->count; i++)
			(*sum)[i + 1] =
				(*sum)[i] +
				(lexer_name(look_kind(p->s, i)) &&
				 holds_one(lexer_text(lx, i), word_sets[set]));
	}
	return (*sum)[to] > (*sum)[from];
}

/* Is there a `break`, `return` or `?` in the tokens [from, to)? */
static bool has_exit(struct pass *p, uint32_t from, uint32_t to)
{
	uint32_t n = p->s->lx.count;

	if (!p->exits) {
		p->exits = arena_array(rule_arena(p->r), (size_t)n + 1,
				       sizeof(*p->exits));
		for (uint32_t i = 0; i < n; i++) {
			enum token_kind kind = look_kind(p->s, i);

			p->exits[i + 1] =
				p->exits[i] + (kind == KW_BREAK ||
					       kind == KW_RETURN ||
					       kind == TOKEN_QUESTION);
		}
	}
	return p->exits[to] > p->exits[from];
}

static bool over_range(const struct source *s, uint32_t loop, uint32_t open)
{
	while (++loop < open)
		if (look_kind(s, loop) == TOKEN_DOTS)
			return true;
	return false;
}

/*
 * What may be seen to bound the tasks of a loop: a number of turns, permits, a
 * set or stream that limits, things that are few by their name; or a server's
 * accept loop, which is meant to have a task for each peer.
 */
static bool bounded(struct pass *p, uint32_t loop, uint32_t open,
		    uint32_t spawn)
{
	uint32_t body = p->s->context.body[spawn];
	uint32_t end = p->s->tree.mate[open];

	return over_range(p->s, loop, open) || speaks_of(p, loop, open, FEW) ||
	       speaks_of(p, loop, end, SERVER) ||
	       speaks_of(p, body < loop ? body : loop, end, BOUND);
}

static void run_loop(struct rule_run *r, const struct source *s)
{
	struct pass pass = { .r = r, .s = s };
	struct spawn p;

	for (uint32_t i = 1; i < s->lx.count; i++) {
		uint32_t open = 0, loop;

		if (!(s->context.flags[i] & CONTEXT_LOOP) || !rule_asks(r, i) ||
		    !read_spawn(&p, r, s, i))
			continue;
		if (!p.dropped && p.push == LOOK_NONE)
			continue;
		loop = loop_around(s, i, &open);
		if (loop == LOOK_NONE || bounded(&pass, loop, open, i))
			continue;
		rule_found(r, i, LOOK_NONE,
			   "`%.*s` starts a task in each turn of the `%.*s` at "
			   "line %u%s",
			   SPAN_ARG(p.path), SPAN_ARG(lexer_text(&s->lx, loop)),
			   look_line(s, loop),
			   p.dropped ? "" : " and keeps its handle");
	}
}

const struct rule rule_spawn_in_loop = {
	.id = "spawn-in-loop",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "a task started in each turn of a loop",
	.consequence =
		"their number follows the input, and nothing seen in the "
		"function bounds how many run at once",
	.remedy = "what does: a semaphore, `buffer_unordered`, the input "
		  "itself?",
	.why = "A spawned task costs little, but what it does may not: each "
	       "holds a connection, a buffer, a lock's queue. When a loop "
	       "starts one for every message or row, load decides how many "
	       "there are. A semaphore's permit taken before the spawn, "
	       "buffer_unordered(n), or a JoinSet that is joined when it is "
	       "full keep the number known. Loops over a range or a server's "
	       "accept() are not asked about.",
	.bad = "async fn run(mut jobs: Receiver<Job>) {\n"
	       "    while let Some(job) = jobs.recv().await {\n"
	       "        tokio::spawn(job.run());\n"
	       "    }\n"
	       "}\n",
	.good = "async fn run(mut jobs: Receiver<Job>, slots: Arc<Semaphore>) "
		"{\n"
		"    while let Some(job) = jobs.recv().await {\n"
		"        let slot = slots.clone().acquire_owned().await;\n"
		"        tokio::spawn(async move {\n"
		"            job.run().await;\n"
		"            drop(slot);\n"
		"        });\n"
		"    }\n"
		"}\n",
	.run = run_loop,
};

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

/* Not of a lock, which is poisoned when a panic is being lost already, nor of a
 * semaphore, which is closed when all ends. */
static bool panics(const struct source *s, uint32_t i)
{
	if (look_method(s, i) == LOOK_NONE)
		return look_is(s, i, "panic") &&
		       look_kind(s, i + 1) == TOKEN_NOT;
	if (!look_is(s, i, "unwrap") && !look_is(s, i, "expect"))
		return false;
	for (uint32_t k = look_receiver(s, i - 1); k < i; k++)
		if (look_is(s, k, "lock") || look_is(s, k, "read") ||
		    look_is(s, k, "write") || look_is(s, k, "acquire") ||
		    look_is(s, k, "acquire_owned"))
			return false;
	return true;
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

/* Is there no way out of the `loop` at i? */
static bool endless(struct pass *p, uint32_t i)
{
	uint32_t open = i + 1, end = p->s->tree.mate[open];

	return look_kind(p->s, open) == TOKEN_OPEN_BRACE &&
	       !has_exit(p, open, end) && !speaks_of(p, open, end, ENDING);
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

		if (!read_spawn(&p, r, s, i) || !p.dropped)
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
