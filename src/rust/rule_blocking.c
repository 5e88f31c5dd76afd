/* Calls that block the thread, in code that shares it with other tasks. */
#include "base/buf.h"
#include "rust/blocking.h"
#include "rust/rule.h"

/* How many tokens back a guard is looked for. */
#define BACK_MAX 2048
/* How many tokens ahead it is looked whether something is served. */
#define AHEAD_MAX 4096

/* What runs once, before or after all other tasks, by the fn's name. */
static bool start_up(struct span fn)
{
	static const char *const names[] = {
		"main",	       "new",	   "try_new",	"init",
		"initialize",  "setup",	   "bootstrap", "start",
		"startup",     "launch",   "from_env",	"from_config",
		"with_config", "shutdown",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (span_eqs(fn, names[i]))
			return true;
	return span_starts(fn, "init_") || span_starts(fn, "setup_") ||
	       span_starts(fn, "start_") || span_starts(fn, "load_config");
}

/* A call that begins to serve: serve(), serve_with_shutdown(), or what starts
 * a server, start_grpc_server(). */
static bool serves(const struct source *s, uint32_t i)
{
	struct span name = lexer_text(&s->lx, i);

	return look_kind(s, i) == TOKEN_IDENT &&
	       look_kind(s, i + 1) == TOKEN_OPEN_PAREN &&
	       (span_starts(name, "serve") ||
		(span_starts(name, "start_") && span_ends(name, "server")));
}

/* Does the fn around token i begin to serve only further down, so that the call
 * runs once and before anyone waits? Not in a loop, nor in a closure or block
 * that runs later. */
static bool before_serving(const struct source *s, uint32_t i, uint32_t fn)
{
	const struct item *it = &s->outline.item[fn];

	if (s->context.flags[i] & (CONTEXT_LOOP | CONTEXT_CLOSURE) ||
	    s->context.body[i] != it->open)
		return false;
	for (uint32_t k = i, n = 0; k <= it->last && n < AHEAD_MAX; k++, n++)
		if (serves(s, k))
			return true;
	return false;
}

/* Start-up, or the files of a command or of tests: others wait for nothing
 * there. */
static bool waits_alone(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);
	struct span rest = s->path, part;

	if (look_program(s) ||
	    (fn != OUTLINE_NONE &&
	     (start_up(s->outline.item[fn].name) || before_serving(s, i, fn))))
		return true;
	while (text_field(&rest, '/', &part))
		if (span_eqs(part, "cmd") || span_eqs(part, "cmds") ||
		    span_eqs(part, "commands"))
			return true;
	return false;
}

static bool names_tokio(const struct source *s)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (look_kind(s, i) == TOKEN_IDENT && look_is(s, i, "tokio"))
			return true;
	return false;
}

/* May an `.await` be added? Not in a closure or macro, nor behind what looks
 * like a guard that would be held across it. */
static bool may_await(const struct source *s, uint32_t i)
{
	static const char *const guards[] = {
		"lock",	   "read",   "write",	   "enter",
		"entered", "borrow", "borrow_mut", "borrow_and_update"
	};
	uint32_t body = s->context.body[i];

	if (look_kind(s, body) != TOKEN_OPEN_BRACE ||
	    s->context.flags[i] & CONTEXT_MACRO)
		return false;
	for (unsigned n = 0; --i > body; n++) {
		if (n == BACK_MAX)
			return false;
		if (look_kind(s, i - 1) != TOKEN_DOT)
			continue;
		for (size_t k = 0; k < sizeof(guards) / sizeof(*guards); k++)
			if (look_is(s, i, guards[k]))
				return false;
	}
	return true;
}

/* tokio's function instead, and `.await` behind the call. */
static void edit(struct rule_run *r, struct rule_place *p,
		 const struct source *s, const struct blocking *c)
{
	const struct token *last = &s->lx.tok[c->path];
	uint32_t first = look_path_start(s, c->path), end;
	struct buf b = { 0 };

	if (look_kind(s, first - 1) == TOKEN_PATH_SEP)
		first--;
	end = s->lx.tok[s->tree.mate[c->open]].start + 1;
	buf_addf(&b, "%s::%.*s", c->row->tokio,
		 SPAN_ARG(lexer_word(&s->lx, c->path)));
	rule_edit(r, p, s->lx.tok[first].start, last->start + last->len,
		  buf_span(&b));
	rule_edit(r, p, end, end, SPAN(".await"));
	buf_release(&b);
}

/* "`std::fs::read`", or "`.output()` of `std::process::Command::new`". */
static void write_call(struct buf *out, struct rule_run *r,
		       const struct source *s, const struct blocking *c)
{
	if (c->path != c->name || !c->row->path)
		buf_addf(out, "`.%.*s()`",
			 SPAN_ARG(lexer_word(&s->lx, c->name)));
	if (c->path != c->name && c->row->path)
		buf_adds(out, " of ");
	if (c->row->path)
		buf_addf(out, "`%.*s`",
			 SPAN_ARG(look_path(s, rule_arena(r), c->path)));
}

static struct rule_place *speak(struct rule_run *r, const struct source *s,
				const struct blocking *c)
{
	uint32_t fn = source_item(s, c->name, ITEM_FN);
	bool async =
		fn != OUTLINE_NONE && s->outline.item[fn].flags & ITEM_ASYNC;
	struct buf b = { 0 };
	struct rule_place *p;

	write_call(&b, r, s, c);
	buf_adds(&b, async ? " is called in `async fn "
			   : " is called in an async block");
	if (fn != OUTLINE_NONE)
		buf_addf(&b, "%s%.*s`", async ? "" : " of `",
			 SPAN_ARG(s->outline.item[fn].name));
	buf_adds(&b, c->row->panics ? ", where tokio panics" : "");
	p = rule_found(r, c->name, LOOK_NONE, "%s", buf_cstr(&b));
	buf_release(&b);
	return p;
}

static void run(struct rule_run *r, const struct source *s)
{
	int tokio = -1; /* not asked yet: the whole file is looked through */
	struct blocking c;

	for (uint32_t i = 1; i < s->lx.count; i++) {
		struct rule_place *p;

		if ((s->context.flags[i] &
		     (CONTEXT_ASYNC | CONTEXT_BLOCKING)) != CONTEXT_ASYNC ||
		    !rule_asks(r, i) ||
		    !blocking_read(&c, rule_arena(r), s, i) ||
		    !blocking_here(s, i) ||
		    (!c.row->panics && waits_alone(s, i)))
			continue;
		p = speak(r, s, &c);
		if (!p || !c.row->tokio || !c.chained || !may_await(s, c.path))
			continue;
		if (tokio < 0)
			tokio = names_tokio(s);
		if (tokio)
			edit(r, p, s, &c);
	}
}

const struct rule rule_blocking_in_async = {
	.id = "blocking-in-async",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "async-performance",
	.about = "blocking call in async code",
	.consequence = "the thread that runs it polls no other task until it "
		       "returns",
	.remedy = "use what is async (`tokio::fs`, `tokio::time::sleep`, "
		  "`tokio::process`), or `spawn_blocking`",
	.why = "An executor runs many tasks on few threads and changes between "
	       "them at `.await` alone. A call that waits for a disk, a "
	       "child, a peer or a clock without one holds its thread and "
	       "all tasks that wait for it; as many such calls as there are "
	       "threads stop the program. Closures given to spawn_blocking "
	       "and its like are free to block. In start-up code (main, new, "
	       "init … and what stands above a call of serve or of "
	       "start_…server), command lines and tools little else waits, "
	       "and what blocks there is not told, but for block_on, which "
	       "panics.",
	.bad = "async fn load(path: &Path) -> io::Result<String> {\n"
	       "    std::fs::read_to_string(path)\n"
	       "}\n",
	.good = "async fn load(path: &Path) -> io::Result<String> {\n"
		"    tokio::fs::read_to_string(path).await\n"
		"}\n",
	.run = run,
};
