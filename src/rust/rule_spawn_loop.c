/* Tasks that nothing counts. */
#include "rust/rule.h"
#include "rust/spawn.h"

/* Tokens of a loop's header that are looked at; brackets between it and the
 * call. */
#define HEADER_MAX 128
#define OUT_MAX 64

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

/* Sets of words that names are looked through for: parts of them. */
enum { FEW, SERVER, BOUND, WORD_SETS };

static const char *const word_sets[WORD_SETS] = {
	[FEW] = "chunk take worker partition shard thread replica peer node "
		"listener server cpu core",
	[SERVER] = "accept incoming",
	[BOUND] = "acquire emaphore permit buffered buffer_unordered "
		  "_concurrent join_next JoinSet in_flight inflight _limit "
		  "limiter",
};

/* One file's run; the sets are counted when first asked for. */
struct pass {
	struct rule_run *r;
	const struct source *s;
	uint32_t *sums[WORD_SETS];
};

static bool speaks_of(struct pass *p, uint32_t from, uint32_t to, unsigned set)
{
	if (!p->sums[set])
		p->sums[set] =
			spawn_words(rule_arena(p->r), p->s, word_sets[set]);
	return p->sums[set][to] > p->sums[set][from];
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
		    !spawn_read(&p, rule_arena(r), s, i))
			continue;
		if (!p.dropped && !p.pushed)
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
