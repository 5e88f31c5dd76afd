/*
 * One walk over the tokens for what stands in code, one over the items.
 */
#include "rust/census.h"

#include "base/arena.h"
#include "rust/look.h"
#include "rust/names.h"

#define DETAIL_MAX 100 /* bytes of code as a detail */
#define BOUND_MAX 40
#define OWN_MAX 16 /* locks that a file defines itself */

struct taker {
	const struct source *s;
	struct arena *arena;
	struct census *out;
	struct span own[OWN_MAX];
	size_t owns;
	bool anyhow, eyre, boxed;
};

static struct census_row *add(struct taker *t, enum census_kind kind,
			      uint32_t token, struct span name)
{
	struct census_row *r = vec_push(&t->out->rows, t->arena);

	r->kind = kind;
	r->name = name;
	r->token = token;
	r->test = source_test(t->s, token);
	return r;
}

/* Tokens first to last as one line, blanks folded. */
static struct span flat(struct taker *t, uint32_t first, uint32_t last,
			size_t max)
{
	struct span in = lexer_range(&t->s->lx, first, last);
	char *p = arena_alloc(t->arena, max + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.len && n < max; i++) {
		bool blank = in.ptr[i] == ' ' || in.ptr[i] == '\n' ||
			     in.ptr[i] == '\t' || in.ptr[i] == '\r';

		if (!blank)
			p[n++] = in.ptr[i];
		else if (n && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	return span_trim(text_clip((struct span){ p, n }, max));
}

/* ---- the file's own attributes */

static void take_attributes(struct taker *t)
{
	static const char *const words[] = { "forbid",	"deny",	   "no_std",
					     "no_core", "feature", "cfg",
					     "cfg_attr" };
	const struct source *s = t->s;
	uint32_t i = 0;

	while (look_kind(s, i) == TOKEN_HASH &&
	       look_kind(s, i + 1) == TOKEN_NOT &&
	       look_kind(s, i + 2) == TOKEN_OPEN_BRACKET) {
		uint32_t end = s->tree.mate[i + 2];

		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (look_is(s, i + 3, words[k]))
				add(t, CENSUS_ATTRIBUTE, i,
				    flat(t, i, end, DETAIL_MAX));
		i = end + 1;
	}
}

/* ---- what stands in code */

/* Does the file define a type of that name itself? */
static bool own(const struct taker *t, struct span name)
{
	for (size_t i = 0; i < t->owns; i++)
		if (span_eq(t->own[i], name))
			return true;
	return false;
}

/* Is the path from `start` to i written where a type stands? */
static bool type_place(const struct source *s, uint32_t start, uint32_t i)
{
	enum token_kind before = start ? look_kind(s, start - 1) : TOKEN_END;
	enum token_kind next = look_kind(s, i + 1);

	switch (before) {
	case KW_IMPL:
	case KW_FOR:
	case KW_STRUCT:
	case KW_ENUM:
	case KW_TRAIT:
	case KW_TYPE:
	case KW_FN:
	case TOKEN_GREATER: /* of `impl<T>` */
		return false;
	case TOKEN_COLON:
	case TOKEN_LESS:
	case TOKEN_AND:
	case TOKEN_ARROW:
		return next != TOKEN_PATH_SEP && next != TOKEN_NOT;
	default:
		return next == TOKEN_LESS;
	}
}

static void take_lock(struct taker *t, uint32_t i, struct span word)
{
	bool atomic = span_starts(word, "Atomic") && word.len > 6;
	uint32_t start = look_path_start(t->s, i);
	struct span path;

	if ((!atomic && !names_lock(word)) || !type_place(t->s, start, i))
		return;
	path = look_path(t->s, t->arena, i);
	if (span_chr(path, ':') < 0 && own(t, path))
		return;
	/* AtomicU8 to AtomicPtr are counted as one */
	if (atomic && path.len > word.len)
		path = span_of(arena_printf(
			t->arena, "%.*sAtomic*",
			SPAN_ARG(span_first(path, path.len - word.len))));
	add(t, CENSUS_LOCK, i, path);
}

/* The `(` of a call of the name at i, or LOOK_NONE. */
static uint32_t call_open(const struct source *s, uint32_t i)
{
	uint32_t next = i + 1;

	if (i && look_kind(s, i - 1) == KW_FN)
		return LOOK_NONE;
	if (look_kind(s, next) == TOKEN_PATH_SEP)
		next = look_generics(s, next + 1);
	return look_kind(s, next) == TOKEN_OPEN_PAREN ? next : LOOK_NONE;
}

static bool method(const struct source *s, uint32_t i)
{
	return i && look_kind(s, i - 1) == TOKEN_DOT;
}

static void take_channel(struct taker *t, uint32_t i, uint32_t open)
{
	const struct source *s = t->s;
	struct span path = look_path(s, t->arena, i);
	struct span name = lexer_word(&s->lx, i), module;
	struct census_row *r;
	const char *about;

	if (method(s, i) || path.len < name.len + 3)
		return;
	module = span_first(path, path.len - name.len - 2);
	about = names_channel_kind(module, name);
	if (!about)
		return;
	r = add(t, CENSUS_CHANNEL, i, path);
	r->detail = span_of(about);
	if (span_starts(r->detail, "bounded") && look_arguments(s, open) == 1) {
		struct span bound =
			flat(t, open + 1, s->tree.mate[open] - 1, BOUND_MAX);

		r->detail = span_of(arena_printf(t->arena, "%s: %.*s", about,
						 SPAN_ARG(bound)));
	}
}

static void take_task(struct taker *t, uint32_t i, uint32_t open)
{
	const struct source *s = t->s;
	struct span name = lexer_word(&s->lx, i);

	if (!method(s, i))
		add(t, CENSUS_TASK, i, look_path(s, t->arena, i));
	else if (name.len > strlen("spawn") ||
		 look_kind(s, open + 1) == KW_ASYNC)
		add(t, CENSUS_TASK, i,
		    span_of(arena_printf(t->arena, ".%.*s", SPAN_ARG(name))));
}

static void take_runtime(struct taker *t, uint32_t i)
{
	struct span name = lexer_word(&t->s->lx, i);
	struct span path = look_path(t->s, t->arena, i);

	if (span_eqs(name, "block_on"))
		add(t, CENSUS_RUNTIME, i,
		    method(t->s, i) ? SPAN(".block_on") : path);
	else if (span_eqs(name, "new_multi_thread") ||
		 span_eqs(name, "new_current_thread") ||
		 span_ends(path, "Runtime::new"))
		add(t, CENSUS_RUNTIME, i, path);
}

static void take_call(struct taker *t, uint32_t i, struct span word)
{
	uint32_t open = call_open(t->s, i);

	if (open == LOOK_NONE)
		return;
	switch (*word.ptr) {
	case 's':
		if (names_task(word))
			take_task(t, i, open);
		else if (span_eqs(word, "sync_channel"))
			take_channel(t, i, open);
		break;
	case 'b':
		if (names_task(word))
			take_task(t, i, open);
		else if (span_eqs(word, "block_on"))
			take_runtime(t, i);
		else if (span_starts(word, "bounded"))
			take_channel(t, i, open);
		break;
	case 'n':
		if (span_starts(word, "new"))
			take_runtime(t, i);
		break;
	default:
		take_channel(t, i, open);
	}
}

static void take_erased(struct taker *t, uint32_t i, struct span word)
{
	const struct source *s = t->s;
	enum token_kind next = look_kind(s, i + 1);
	uint32_t at;

	if (next == TOKEN_PATH_SEP || next == TOKEN_NOT) {
		bool *seen = NULL;

		if (span_eqs(word, "anyhow"))
			seen = &t->anyhow;
		else if (span_eqs(word, "eyre") || span_eqs(word, "color_eyre"))
			seen = &t->eyre;
		if (seen && !*seen) {
			*seen = true;
			add(t, CENSUS_ERASED, i, word);
		}
	} else if (!t->boxed && next == TOKEN_LESS && span_eqs(word, "Box")) {
		for (at = look_match(s, i, "Box < dyn"); at != LOOK_NONE;) {
			if (look_is(s, at, "Error") ||
			    look_is(s, at, "StdError")) {
				t->boxed = true;
				add(t, CENSUS_ERASED, i,
				    SPAN("Box<dyn Error>"));
			}
			at = look_match(s, at, "$* ::");
		}
	}
}

static void take_main(struct taker *t, uint32_t i)
{
	if (look_kind(t->s, i + 1) == TOKEN_OPEN_BRACKET &&
	    look_match(t->s, i + 2, "$ :: main") != LOOK_NONE)
		add(t, CENSUS_RUNTIME, i,
		    flat(t, i, t->s->tree.mate[i + 1], DETAIL_MAX));
}

static void take_word(struct taker *t, uint32_t i)
{
	struct span word = lexer_word(&t->s->lx, i);

	if (!word.len)
		return;
	switch (*word.ptr) {
	case 'A':
	case 'B':
	case 'C':
	case 'D':
	case 'F':
	case 'L':
	case 'M':
	case 'N':
	case 'O':
	case 'R':
	case 'S':
		if (span_eqs(word, "Box"))
			take_erased(t, i, word);
		else
			take_lock(t, i, word);
		break;
	case 'a':
	case 'e':
		take_erased(t, i, word);
		break;
	case 'c':
		if (span_eqs(word, "channel"))
			take_call(t, i, word);
		else if (span_eqs(word, "color_eyre"))
			take_erased(t, i, word);
		break;
	case 'b':
	case 'n':
	case 'r':
	case 's':
	case 'u':
		take_call(t, i, word);
		break;
	default:
		break;
	}
}

static void take_tokens(struct taker *t)
{
	const struct outline *o = &t->s->outline;
	uint32_t next = 0; /* item */

	for (uint32_t i = 0; i < t->s->lx.count; i++) {
		while (next < o->count && (o->item[next].kind != ITEM_MACRO ||
					   o->item[next].last < i))
			next++;
		if (next < o->count && o->item[next].head <= i) {
			i = o->item[next].last;
			continue;
		}
		if (look_kind(t->s, i) == TOKEN_IDENT)
			take_word(t, i);
		else if (look_kind(t->s, i) == TOKEN_HASH)
			take_main(t, i);
	}
}

/* ---- items */

/* `Error` or `Snafu` in a derive among the item's attributes, or LOOK_NONE. */
static uint32_t derived_error(const struct source *s, const struct item *it)
{
	for (uint32_t i = it->lead; i < it->head; i++) {
		uint32_t open = look_match(s, i, "derive (");

		if (open == LOOK_NONE)
			continue;
		for (i = open; i < it->head && i < s->tree.mate[open - 1]; i++)
			if (look_is(s, i, "Error") || look_is(s, i, "Snafu"))
				return i;
	}
	return LOOK_NONE;
}

static void take_derive(struct taker *t, const struct item *it)
{
	uint32_t derived = derived_error(t->s, it);
	struct census_row *r;
	struct span path;

	if (derived == LOOK_NONE)
		return;
	path = look_path(t->s, t->arena, derived);
	r = add(t, CENSUS_ERROR, it->key, it->name);
	r->detail =
		span_of(arena_printf(t->arena, "derives %.*s", SPAN_ARG(path)));
}

static bool std_error(const struct taker *t, const struct item *it)
{
	struct span path = it->trait_path;

	if (span_eqs(path, "Error"))
		path = import_path(&t->s->imports, &t->s->outline, path,
				   it->key);
	return span_eqs(path, "std::error::Error") ||
	       span_eqs(path, "core::error::Error") ||
	       span_eqs(path, "::std::error::Error") ||
	       span_eqs(path, "error::Error") || span_eqs(path, "StdError");
}

/* Is it a module's item, no associated type? */
static bool free_item(const struct source *s, const struct item *it)
{
	return it->parent == OUTLINE_NONE ||
	       s->outline.item[it->parent].kind == ITEM_MOD ||
	       s->outline.item[it->parent].kind == ITEM_CALL;
}

static void take_item(struct taker *t, const struct item *it)
{
	switch (it->kind) {
	case ITEM_STRUCT:
	case ITEM_ENUM:
		take_derive(t, it);
		break;
	case ITEM_IMPL:
		if (it->name.len && !names_wrapper(it->name) &&
		    std_error(t, it))
			add(t, CENSUS_ERROR, it->key, it->name)->detail =
				SPAN("implements std::error::Error");
		break;
	case ITEM_TYPE:
		if (span_ends(it->name, "Result") && free_item(t->s, it))
			add(t, CENSUS_RESULT, it->key, it->name)->detail =
				flat(t, it->head, it->last, DETAIL_MAX);
		break;
	case ITEM_FN:
		if (it->flags & ITEM_TEST)
			add(t, CENSUS_TEST, it->key, it->name);
		break;
	default:
		break;
	}
}

void census_take(struct census *out, struct arena *a, const struct source *s)
{
	struct taker t = { .s = s, .arena = a, .out = out };
	const struct outline *o = &s->outline;

	for (uint32_t i = 0; i < o->count && t.owns < OWN_MAX; i++)
		if ((o->item[i].kind == ITEM_STRUCT ||
		     o->item[i].kind == ITEM_TYPE) &&
		    names_lock(o->item[i].name))
			t.own[t.owns++] = o->item[i].name;
	take_attributes(&t);
	take_tokens(&t);
	for (uint32_t i = 0; i < o->count; i++)
		take_item(&t, &o->item[i]);
}
