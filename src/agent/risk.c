#include "agent/risk.h"

#include "agent/gather.h"
#include "rust/look.h"

enum mark {
	MARK_UNSAFE = 1,
	MARK_FFI = 2,
	MARK_LOCK = 4, /* in async code */
	MARK_ATOMIC = 8,
	MARK_DROP = 16,
	MARK_PUBLIC = 32,
	MARK_BUILD = 64,
	MARK_ASYNC = 128,
	MARK_CODE = 256,
	MARK_OTHER = 512,
	MARK_DOCS = 1024,
	MARK_TEST = 2048 /* whatever else there is */
};

#define CODE_WEIGHT 50

/* The first that is there counts. */
static const struct {
	unsigned mark, weight;
} weights[] = {
	{ MARK_TEST, 10 },	    { MARK_UNSAFE, 100 }, { MARK_FFI, 95 },
	{ MARK_LOCK, 90 },	    { MARK_ATOMIC, 85 },  { MARK_DROP, 80 },
	{ MARK_PUBLIC, 70 },	    { MARK_BUILD, 65 },	  { MARK_ASYNC, 60 },
	{ MARK_CODE, CODE_WEIGHT }, { MARK_OTHER, 30 },	  { MARK_DOCS, 5 },
};

static bool one_of(struct span word, const char *words)
{
	struct span rest = span_of(words), one;

	while (text_field(&rest, ' ', &one))
		if (span_eq(one, word))
			return true;
	return false;
}

static unsigned word_marks(struct span word, bool async)
{
	unsigned marks = 0;

	if (span_starts(word, "Atomic") || one_of(word, "Ordering fence"))
		marks |= MARK_ATOMIC;
	if (async && one_of(word, "lock read write try_lock blocking_lock "
				  "Mutex RwLock Semaphore acquire"))
		marks |= MARK_LOCK;
	if (one_of(word, "transmute MaybeUninit from_raw into_raw no_mangle "
			 "repr"))
		marks |= MARK_FFI;
	return marks;
}

static void mark_tokens(uint16_t *line, const struct source *s)
{
	for (uint32_t i = 0; i < s->lx.count; i++) {
		const struct token *t = &s->lx.tok[i];
		unsigned flags = s->context.flags[i];
		bool async = flags & CONTEXT_ASYNC;
		unsigned marks = MARK_CODE;

		if (flags & CONTEXT_UNSAFE || t->kind == KW_UNSAFE)
			marks |= MARK_UNSAFE;
		if (async)
			marks |= MARK_ASYNC;
		if (t->kind == TOKEN_IDENT)
			marks |= word_marks(
				(struct span){ s->lx.src.ptr + t->start,
					       t->len },
				async);
		line[t->line] |= (uint16_t)marks;
	}
}

static unsigned item_marks(const struct item *it)
{
	unsigned marks = 0;

	if (it->kind == ITEM_EXTERN_BLOCK ||
	    it->flags & (ITEM_EXTERN | ITEM_EXPORTED))
		marks |= MARK_FFI;
	if (it->kind == ITEM_IMPL && span_ends(it->trait_path, "Drop"))
		marks |= MARK_DROP;
	if (it->flags & ITEM_IN_TEST)
		marks |= MARK_TEST;
	return marks;
}

/* An item's marks hold for all of it; what it inherits was marked before. */
static void mark_items(uint16_t *line, const struct source *s)
{
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];
		unsigned marks = item_marks(it);
		uint32_t last = it->open == OUTLINE_NONE
					? it->last_line
					: s->lx.tok[it->open].line;

		if (it->vis == VIS_PUB && !(it->flags & ITEM_LOCAL))
			for (uint32_t n = it->line; n <= last; n++)
				line[n] |= MARK_PUBLIC;
		if (it->parent != OUTLINE_NONE)
			marks &= ~item_marks(&s->outline.item[it->parent]);
		for (uint32_t n = it->lead_line; marks && n <= it->last_line;
		     n++)
			line[n] |= (uint16_t)marks;
	}
}

static const uint16_t *mark_side(struct arena *a, const struct source *s,
				 uint32_t *lines)
{
	uint16_t *line;

	if (!s || s->lx.flags & LEXER_LIMIT)
		return NULL;
	*lines = s->lx.lines;
	line = arena_array(a, (size_t)*lines + 2, sizeof(*line));
	mark_tokens(line, s);
	mark_items(line, s);
	return line;
}

static bool ends_in(struct span path, const char *ends)
{
	struct span rest = span_of(ends), one;

	while (text_field(&rest, ' ', &one))
		if (text_glob(one, path))
			return true;
	return false;
}

static unsigned path_marks(struct span path)
{
	enum source_role role = source_role(path);

	if (role == ROLE_TEST || role == ROLE_BENCH || role == ROLE_EXAMPLE)
		return MARK_TEST;
	if (role == ROLE_BUILD ||
	    ends_in(path, "Cargo.toml .cargo/** Makefile *.mk *.sh Dockerfile "
			  ".github/** *.sql *.proto"))
		return MARK_BUILD;
	if (ends_in(path, "*.md *.txt *.rst *.adoc LICENSE* docs/ doc/"))
		return MARK_DOCS;
	return span_ends(path, ".rs") ? 0 : MARK_OTHER;
}

struct risk_file *risk_read(struct arena *a, const struct task_input *in)
{
	struct risk_file *f =
		arena_array(a, in->change.files.len + 1, sizeof(*f));

	for (size_t i = 0; i < in->change.files.len; i++)
		f[i].rest = path_marks(in->change.files.ptr[i].path);
	vec_each (struct code_file, c, &in->code.files) {
		struct risk_file *r = &f[c->index];

		r->now = mark_side(a, c->now, &r->now_lines);
		r->was = mark_side(a, c->was, &r->was_lines);
	}
	return f;
}

static unsigned line_marks(const struct risk_file *f, const struct diff_line *l)
{
	if (l->origin == '+' && f->now && l->new_no <= f->now_lines)
		return f->now[l->new_no];
	if (l->origin == '-' && f->was && l->old_no <= f->was_lines)
		return f->was[l->old_no];
	return 0;
}

unsigned risk_of(const struct risk_file *f, const struct diff_line *line,
		 size_t n)
{
	unsigned marks = 0, code = 0, tests = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned m = line_marks(f, &line[i]);

		tests += m & MARK_TEST ? 1 : 0;
		code += m && !(m & MARK_TEST) ? 1 : 0;
		if (!(m & MARK_TEST))
			marks |= m;
	}
	marks |= f->rest;
	if (tests && !code)
		marks |= MARK_TEST;
	for (size_t i = 0; i < sizeof(weights) / sizeof(*weights); i++)
		if (marks & weights[i].mark)
			return weights[i].weight;
	return CODE_WEIGHT; /* blank lines and comments of a Rust file */
}
