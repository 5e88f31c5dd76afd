/*
 * Expressions that give a guard, by their evidence. Total; each looks at a
 * bounded stretch of tokens.
 */
#include "rust/guard_parts.h"

#include "base/buf.h"

enum call_flag {
	CALL_TRIED = 1, /* gives a Result or Option in any family */
	CALL_WAIT = 2,	/* a Condvar's: takes a guard, gives it back */
	CALL_RWLOCK = 4,
	CALL_ENTER = 8 /* of a span, but runtimes have it too */
};

static const struct call {
	const char *name;
	enum guard_kind kind;
	unsigned flags;
} calls[] = {
	{ "lock", GUARD_LOCK, 0 },
	{ "read", GUARD_LOCK, CALL_RWLOCK },
	{ "write", GUARD_LOCK, CALL_RWLOCK },
	{ "try_lock", GUARD_LOCK, CALL_TRIED },
	{ "try_read", GUARD_LOCK, CALL_RWLOCK | CALL_TRIED },
	{ "try_write", GUARD_LOCK, CALL_RWLOCK | CALL_TRIED },
	{ "upgradable_read", GUARD_LOCK, CALL_RWLOCK },
	{ "lock_arc", GUARD_LOCK, 0 },
	{ "read_arc", GUARD_LOCK, CALL_RWLOCK },
	{ "write_arc", GUARD_LOCK, CALL_RWLOCK },
	{ "wait", GUARD_LOCK, CALL_WAIT },
	{ "wait_while", GUARD_LOCK, CALL_WAIT },
	{ "wait_timeout", GUARD_LOCK, CALL_WAIT },
	{ "wait_timeout_while", GUARD_LOCK, CALL_WAIT },
	{ "borrow", GUARD_REFCELL, 0 },
	{ "borrow_mut", GUARD_REFCELL, 0 },
	{ "try_borrow", GUARD_REFCELL, CALL_TRIED },
	{ "try_borrow_mut", GUARD_REFCELL, CALL_TRIED },
	{ "enter", GUARD_SPAN, CALL_ENTER },
	{ "entered", GUARD_SPAN, 0 },
};

static const struct call *find_call(const struct guard_file *f, uint32_t i)
{
	struct span name = lexer_text(&f->s->lx, i);

	for (size_t k = 0; k < sizeof(calls) / sizeof(*calls); k++)
		if (f->kinds & 1u << calls[k].kind &&
		    span_eqs(name, calls[k].name))
			return &calls[k];
	return NULL;
}

/* What unwraps the Result that ends before token i. */
struct unwrapped {
	uint32_t last; /* of the expression */
	bool open;     /* not unwrapped */
	bool question; /* by `?` */
};

/* Behind one method that keeps or opens the Result; i when it is none. */
static uint32_t adaptor(const struct source *s, uint32_t i, bool *opens)
{
	static const struct {
		const char *name;
		bool opens;
	} adaptors[] = {
		{ "unwrap", true },	    { "expect", true },
		{ "unwrap_or_else", true }, { "unwrap_unchecked", true },
		{ "map_err", false },	    { "ok", false },
		{ "ok_or", false },	    { "ok_or_else", false },
	};
	uint32_t end = look_match(s, i, ". $ ()");

	if (end == LOOK_NONE)
		return i;
	for (size_t k = 0; k < sizeof(adaptors) / sizeof(*adaptors); k++)
		if (look_is(s, i + 1, adaptors[k].name)) {
			*opens = adaptors[k].opens;
			return end;
		}
	return i;
}

static struct unwrapped unwrap(const struct source *s, uint32_t i)
{
	struct unwrapped u = { .open = true };
	uint32_t next;

	while (u.open) {
		bool opens = false;

		if (look_kind(s, i) == TOKEN_QUESTION) {
			u.question = true;
			u.open = false;
			i++;
			break;
		}
		next = adaptor(s, i, &opens);
		if (next == i)
			break;
		u.open = !opens;
		i = next;
	}
	u.last = i - 1;
	return u;
}

/* `.lock().expect(…)`: the calls from token `from` on, what they are given
 * left out. */
static struct span evidence(const struct guard_file *f, uint32_t from,
			    uint32_t last)
{
	const struct source *s = f->s;
	struct buf b = { 0 };
	struct span out;

	for (uint32_t i = from; i <= last; i++) {
		buf_addsp(&b, lexer_text(&s->lx, i));
		if (!lexer_opens(look_kind(s, i)))
			continue;
		if (s->tree.mate[i] > i + 1)
			buf_adds(&b, "\xe2\x80\xa6");
		i = s->tree.mate[i] - 1;
	}
	out = arena_span(f->arena, buf_span(&b));
	buf_release(&b);
	return out;
}

static bool both(unsigned named, unsigned mutex, bool rwlock)
{
	return named & (rwlock ? mutex << 1 : mutex);
}

/* Whose lock is this, by how its Result is opened, by the types named and, of a
 * plain one, by its own type? dot: of the call. */
static const char *lock_of(const struct guard_file *f, const struct call *c,
			   const struct unwrapped *u, uint32_t dot)
{
	bool rwlock = c->flags & CALL_RWLOCK;
	bool std = both(f->named, NAMED_STD_MUTEX, rwlock);
	bool plain = both(f->named, NAMED_PLAIN_MUTEX, rwlock);
	bool async = both(f->named, NAMED_ASYNC_MUTEX, rwlock);

	if (c->flags & CALL_WAIT)
		return f->named & NAMED_CONDVAR && !u->open ? "std" : NULL;
	/* tokio's try_lock() gives a Result too, others an Option */
	if (c->flags & CALL_TRIED)
		return async   ? NULL
		       : std   ? "std"
		       : plain ? "parking_lot"
			       : NULL;
	if (!u->open && !u->question)
		return "std";
	if (u->question || (std && !plain))
		return std ? "std" : NULL;
	if (plain && (!async || guard_declared_family(f, dot) == LOCK_PLAIN))
		return "parking_lot";
	/* `Ok(g) = m.lock()`: a future has no pattern */
	return !rwlock && !plain ? "std" : NULL;
}

/* Is what stands before `.enter()` a span, by its name? */
static bool spanlike(const struct source *s, uint32_t first, uint32_t dot)
{
	for (uint32_t i = first; i < dot; i++) {
		struct span word = lexer_text(&s->lx, i);

		if (!lexer_name(look_kind(s, i)))
			continue;
		if (span_find(word, SPAN("span")) >= 0 ||
		    span_find(word, SPAN("Span")) >= 0)
			return true;
	}
	return false;
}

/* `MutexGuard::map(x, …)`, `RwLockWriteGuard::downgrade(x)`: a guard made of
 * the one whose expression is [first, last], or the argument's name. */
static bool mapped(const struct guard_file *f, uint32_t first, uint32_t last,
		   struct guard *g)
{
	const struct source *s = f->s;
	const char *of;
	uint32_t open = first - 1;

	if (!first || look_kind(s, open) != TOKEN_OPEN_PAREN || open < 3 ||
	    look_kind(s, open - 2) != TOKEN_PATH_SEP ||
	    s->tree.mate[open] <= last || !tree_paired(&s->tree, open) ||
	    guard_type(f, open - 3, &of) < 0)
		return false;
	if (!look_is(s, open - 1, "map") && !look_is(s, open - 1, "downgrade"))
		return false;
	g->first = look_path_start(s, open - 1);
	g->last = s->tree.mate[open];
	return true;
}

/* `io::stdout().lock()`, `stdin.lock()`: locks of another kind. */
static bool standard_stream(const struct source *s, uint32_t dot)
{
	uint32_t i = dot;

	if (i > 2 && look_kind(s, i - 1) == TOKEN_CLOSE_PAREN)
		i = s->tree.mate[i - 1];
	return i && (look_is(s, i - 1, "stdout") ||
		     look_is(s, i - 1, "stdin") || look_is(s, i - 1, "stderr"));
}

static bool taken_by_method(struct guard_taken *out, const struct guard_file *f,
			    const struct call *c, uint32_t i)
{
	const struct source *s = f->s;
	uint32_t behind = s->tree.mate[i + 1] + 1;
	struct unwrapped u = unwrap(s, behind);
	bool refcell = c->kind == GUARD_REFCELL;

	if (look_kind(s, behind) == TOKEN_DOT &&
	    look_kind(s, behind + 1) == KW_AWAIT)
		return false;
	out->g.kind = c->kind;
	if (c->kind == GUARD_LOCK) {
		if (standard_stream(s, i - 1))
			return false;
		out->g.of = lock_of(f, c, &u, i - 1);
		out->open = u.open && (c->flags & CALL_TRIED ||
				       span_eqs(span_of(out->g.of), "std"));
	} else if (refcell) {
		if (!(f->named & NAMED_REFCELL) ||
		    f->named & NAMED_OTHER_BORROW ||
		    (look_is(s, i, "borrow") && f->named & NAMED_WATCH))
			return false;
		out->g.of = "RefCell";
		out->open = u.open && c->flags & CALL_TRIED;
	} else {
		out->g.of = f->named & NAMED_TRACING ? "tracing" : NULL;
	}
	if (!out->g.of)
		return false;
	if (!(c->flags & CALL_TRIED) && (refcell || c->kind == GUARD_SPAN ||
					 !span_eqs(span_of(out->g.of), "std")))
		u.last = behind - 1;
	out->g.last = u.last;
	out->g.first = look_receiver(s, i - 1);
	return !(c->flags & CALL_ENTER) || spanlike(s, out->g.first, i - 1);
}

/* May a call of this table stand here with these arguments? */
static bool shaped(const struct source *s, const struct call *c, uint32_t i)
{
	bool empty = look_kind(s, i + 2) == TOKEN_CLOSE_PAREN;

	return c->flags & CALL_WAIT
		       ? lexer_name(look_kind(s, i + 2)) &&
				 (look_kind(s, i + 3) == TOKEN_COMMA ||
				  look_kind(s, i + 3) == TOKEN_CLOSE_PAREN)
		       : empty;
}

/* `RefCell::borrow(&x)`, `Mutex::lock(&m)`. */
static bool taken_by_path(struct guard_taken *out, const struct guard_file *f,
			  const struct call *c, uint32_t i)
{
	const struct source *s = f->s;
	struct span path = look_path(s, f->arena, i);
	struct unwrapped u = unwrap(s, s->tree.mate[i + 1] + 1);
	enum lock_family family = names_lock_family(path);

	out->g.kind = c->kind;
	out->g.first = look_path_start(s, i);
	out->g.last = s->tree.mate[i + 1];
	if (c->kind == GUARD_REFCELL) {
		out->g.of = "RefCell";
		return look_is(s, i - 2, "RefCell") && !(c->flags & CALL_TRIED);
	}
	if (c->kind != GUARD_LOCK || c->flags & (CALL_TRIED | CALL_WAIT))
		return false;
	out->g.of = family == LOCK_PLAIN ? "parking_lot" : "std";
	if (family == LOCK_POISONING) {
		out->g.last = u.last;
		out->open = u.open;
	}
	return family == LOCK_POISONING || family == LOCK_PLAIN;
}

/* The type of guard that a fn of the file called here returns, or GUARD_NONE:
 * every fn of that name must return one. */
static uint32_t given(const struct guard_file *f, uint32_t i)
{
	struct span name = lexer_text(&f->s->lx, i);
	size_t from = 0, to = f->givers.len;
	uint32_t type = GUARD_NONE;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		struct span at = f->givers.ptr[mid].name;
		size_t n = at.len < name.len ? at.len : name.len;
		int c = n ? memcmp(at.ptr, name.ptr, n) : 0;

		if (c < 0 || (!c && at.len < name.len))
			from = mid + 1;
		else
			to = mid;
	}
	for (; from < f->givers.len; from++) {
		if (!span_eq(f->givers.ptr[from].name, name))
			break;
		type = f->givers.ptr[from].type;
		if (type == GUARD_NONE)
			break;
	}
	return type;
}

bool guard_helped_at(struct guard_taken *out, const struct guard_file *f,
		     uint32_t i)
{
	const struct source *s = f->s;
	uint32_t type, end;
	int kind;

	*out = (struct guard_taken){ .g = { .call = i, .name = GUARD_NONE } };
	/* not its own fn */
	if ((!f->givers.len && !s->givers) ||
	    look_kind(s, i + 1) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, i + 1))
		return false;
	if (i && look_kind(s, i - 1) == KW_FN)
		return false;
	type = given(f, i);
	kind = type == GUARD_NONE ? guard_given(s, i, &out->g.of)
				  : guard_type(f, type, &out->g.of);
	end = s->tree.mate[i + 1] + 1;
	if (kind < 0 || !(f->kinds & 1u << kind) ||
	    (look_kind(s, end) == TOKEN_DOT &&
	     look_kind(s, end + 1) == KW_AWAIT))
		return false;
	out->g.kind = (enum guard_kind)kind;
	out->g.last = s->tree.mate[i + 1];
	out->g.first = i && look_kind(s, i - 1) == TOKEN_DOT
			       ? look_receiver(s, i - 1)
			       : look_path_start(s, i);
	out->g.evidence = evidence(f, i, out->g.last);
	while (mapped(f, out->g.first, out->g.last, &out->g))
		;
	return true;
}

bool guard_taken_at(struct guard_taken *out, const struct guard_file *f,
		    uint32_t i)
{
	const struct source *s = f->s;
	const struct call *c = NULL;
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;
	uint32_t from = i;
	bool yes = false;

	if (look_kind(s, i + 1) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, i + 1))
		return false;
	*out = (struct guard_taken){ .g = { .call = i, .name = GUARD_NONE } };
	if (before == TOKEN_DOT || before == TOKEN_PATH_SEP)
		c = find_call(f, i);
	if (c && before == TOKEN_PATH_SEP && i > 1) {
		yes = taken_by_path(out, f, c, i);
	} else if (c && shaped(s, c, i)) {
		yes = taken_by_method(out, f, c, i);
		from = i - 1;
	}
	if (!yes)
		return guard_helped_at(out, f, i);
	out->g.evidence = evidence(f, from, out->g.last);
	while (!out->open && mapped(f, out->g.first, out->g.last, &out->g))
		;
	return true;
}

/* `fn f(g: MutexGuard<T>)` of an async fn, `let g: MutexGuard<T> = …`. */
bool guard_declared_at(struct guard *g, const struct guard_file *f, uint32_t i)
{
	const struct source *s = f->s;
	uint32_t start, name, open, item;
	const char *of = NULL;
	int kind;

	if (look_kind(s, i + 1) != TOKEN_LESS)
		return false;
	kind = guard_type(f, i, &of);
	if (kind < 0 || !(f->kinds & 1u << kind))
		return false;
	start = look_path_start(s, i);
	if (start < 2 || look_kind(s, start - 1) != TOKEN_COLON ||
	    !lexer_name(look_kind(s, start - 2)))
		return false;
	name = start - 2;
	*g = (struct guard){ .kind = (enum guard_kind)kind,
			     .of = of,
			     .call = i,
			     .first = start,
			     .last = i,
			     .name = name,
			     .gone = GUARD_NONE,
			     .used = GUARD_NONE };
	open = s->tree.parent[i];
	item = source_item(s, i, ITEM_FN);
	if (item == OUTLINE_NONE || open == TREE_NONE)
		return false;
	if (open > s->outline.item[item].key &&
	    s->outline.item[item].open != OUTLINE_NONE &&
	    s->tree.mate[open] < s->outline.item[item].open) {
		open = s->outline.item[item].open;
		g->hold = GUARD_PARAMETER;
		g->from = open + 1;
		g->end = s->tree.mate[open];
		g->body = open;
	} else {
		return false;
	}
	g->evidence = evidence(f, start - 1, i);
	return s->outline.item[item].flags & ITEM_ASYNC;
}
