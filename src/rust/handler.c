#include "rust/handler.h"

#include <stdlib.h>
#include <string.h>

#include "rust/look.h"

static int by_name(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int c = memcmp(a->name.ptr, b->name.ptr, n);

	if (c || a->name.len != b->name.len)
		return c ? c : a->name.len < b->name.len ? -1 : 1;
	if ((a->route == LOOK_NONE) != (b->route == LOOK_NONE))
		return a->route == LOOK_NONE ? 1 : -1;
	return (a->token > b->token) - (a->token < b->token);
}

/* The first of a name, of len sorted ones: a route when there is any. */
static const struct mention *find_name(const struct mention *list, size_t len,
				       struct span name)
{
	struct mention key = { name, 0, 0 };
	size_t from = 0, to = len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (by_name(&list[mid], &key) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from < len && span_eq(list[from].name, name) ? &list[from]
							    : NULL;
}

static void mention(struct routes *f, uint32_t token, uint32_t route)
{
	struct mention *m = vec_push(&f->mentions, f->arena);

	m->name = lexer_word(&f->s->lx, token);
	m->token = token;
	m->route = route;
}

/* A path alone in [from, to), `create`, `Self::create` or `create::<S>`: its
 * name, when it is one of this module or type; LOOK_NONE otherwise. */
static uint32_t fn_named(const struct source *s, uint32_t from, uint32_t to)
{
	uint32_t i = from;

	if (look_kind(s, i) == KW_SELF || look_kind(s, i) == KW_SELF_TYPE)
		i += look_kind(s, i + 1) == TOKEN_PATH_SEP ? 2 : 0;
	if (!lexer_name(look_kind(s, i)))
		return LOOK_NONE;
	if (i + 1 == to)
		return i;
	if (look_kind(s, i + 1) != TOKEN_PATH_SEP ||
	    look_kind(s, i + 2) != TOKEN_LESS || look_generics(s, i + 2) != to)
		return LOOK_NONE;
	return i;
}

/* What the call at `open` is given: functions by name, and closures. */
static void read_route(struct routes *f, uint32_t name, uint32_t open)
{
	const struct source *s = f->s;
	uint32_t end = s->tree.mate[open];
	struct param part = { 0 };

	while (param_next(s, &part, open + 1, end)) {
		uint32_t i = part.from, fn = fn_named(s, i, part.to);

		if (fn != LOOK_NONE)
			mention(f, fn, name);
		i += look_kind(s, i) == KW_MOVE;
		if (look_kind(s, i) == TOKEN_OR)
			*vec_push(&f->closures, f->arena) =
				(struct route_closure){ name, i };
	}
}

static void read_mentions(struct routes *f)
{
	const struct source *s = f->s;

	for (uint32_t i = 0; i + 1 < s->lx.count; i++) {
		uint32_t open = i + 1;

		if (!lexer_name(look_kind(s, i)))
			continue;
		if (look_kind(s, open) == TOKEN_NOT)
			open++;
		if (!lexer_opens(look_kind(s, open)) ||
		    !tree_paired(&s->tree, open) ||
		    (i && look_kind(s, i - 1) == KW_FN))
			continue;
		if (names_axum_route(lexer_word(&s->lx, i)))
			read_route(f, i, open);
		else if (look_kind(s, open) == TOKEN_OPEN_PAREN &&
			 (!i || look_kind(s, i - 1) != TOKEN_DOT) &&
			 !source_test(s, i))
			mention(f, i, LOOK_NONE);
	}
	if (f->mentions.len)
		qsort(f->mentions.ptr, f->mentions.len,
		      sizeof(*f->mentions.ptr), by_name);
}

static void read_impls(struct routes *f)
{
	const struct outline *o = &f->s->outline;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (it->kind != ITEM_IMPL || !it->name.len ||
		    span_find(it->trait_path, SPAN("FromRequest")) < 0)
			continue;
		*vec_push(&f->impls, f->arena) =
			(struct mention){ it->name, i, LOOK_NONE };
	}
	if (f->impls.len)
		qsort(f->impls.ptr, f->impls.len, sizeof(*f->impls.ptr),
		      by_name);
}

/* By `impl FromRequest<S> for Name` in this file. */
static enum names_extractor own_extractor(const struct routes *f,
					  struct span name)
{
	const struct mention *m = find_name(f->impls.ptr, f->impls.len, name);

	if (!m)
		return EXTRACTOR_NONE;
	return span_find(f->s->outline.item[m->token].trait_path,
			 SPAN("FromRequestParts")) < 0
		       ? EXTRACTOR_BODY
		       : EXTRACTOR_PARTS;
}

/* What axum, or this repository, means by the type's name; a name that another
 * crate gives is none of theirs. */
static enum names_extractor known_extractor(const struct routes *f,
					    uint32_t name)
{
	static const char *const crates[] = {
		"axum",	 "axum_extra", "axum_core", "aide", "extract",
		"http",	 "hyper",      "bytes",	    "std",  "alloc",
		"crate", "super",      "self", /* from `crate` on: this
						  repository's */
	};
	enum names_extractor kind =
		names_extractor(lexer_word(&f->s->lx, name));
	struct span path = look_path(f->s, f->arena, name), crate;

	/* ValidatedJson<T>, by the custom of its name */
	if (kind == EXTRACTOR_LIKE_BODY)
		return look_kind(f->s, name + 1) == TOKEN_LESS ? kind
							       : EXTRACTOR_NONE;
	if (!text_field(&path, ':', &crate) || !path.len)
		return kind;
	for (size_t i = 0; i < sizeof(crates) / sizeof(*crates); i++)
		if (span_eqs(crate, crates[i]))
			return i < 10 || kind != EXTRACTOR_PLAIN_BODY
				       ? kind
				       : EXTRACTOR_NONE;
	return EXTRACTOR_NONE;
}

/* `Json(body): Json<Body>`: does the pattern take the type called so apart? */
static bool destructured(const struct source *s, const struct param *p,
			 uint32_t name)
{
	return lexer_name(look_kind(s, p->pattern)) &&
	       span_eq(lexer_word(&s->lx, p->pattern),
		       lexer_word(&s->lx, name)) &&
	       look_kind(s, p->pattern + 1) == TOKEN_OPEN_PAREN;
}

static void classify(const struct routes *f, struct handler_argument *arg)
{
	const struct source *s = f->s;
	uint32_t at = arg->param.type, name, outer;

	arg->name = LOOK_NONE;
	if (at >= arg->param.to)
		return;
	arg->by_value = lexer_any_word(look_kind(s, at)) &&
			look_kind(s, at) != KW_IMPL &&
			look_kind(s, at) != KW_DYN;
	outer = name = param_type_name(s, at, arg->param.to);
	while (name != LOOK_NONE &&
	       names_extractor(lexer_word(&s->lx, name)) == EXTRACTOR_WRAP) {
		at = param_type_argument(s, name);
		if (at == LOOK_NONE)
			return;
		name = param_type_name(s, at, arg->param.to);
	}
	if (name == LOOK_NONE || !arg->by_value)
		return;
	arg->name = name;
	arg->kind = own_extractor(f, lexer_word(&s->lx, name));
	if (arg->kind == EXTRACTOR_NONE)
		arg->kind = known_extractor(f, name);
	arg->destructured = destructured(s, &arg->param, name) ||
			    destructured(s, &arg->param, outer);
}

bool handler_read(struct handler *h, const struct routes *f, uint32_t from,
		  uint32_t end)
{
	struct param p = { 0 };

	while (param_next(f->s, &p, from, end)) {
		if (h->args == HANDLER_ARGUMENTS)
			return false;
		h->arg[h->args] = (struct handler_argument){ .param = p };
		classify(f, &h->arg[h->args++]);
	}
	if (h->args && h->arg[h->args - 1].name != LOOK_NONE &&
	    look_is(f->s, h->arg[h->args - 1].name, "Next")) {
		h->middleware = true;
		h->args--;
	}
	return h->args;
}

bool handler_takes_body(const struct handler_argument *arg)
{
	return arg->kind >= EXTRACTOR_BODY;
}

void routes_read(struct routes *out, struct arena *a, const struct source *s)
{
	*out = (struct routes){ .s = s, .arena = a };
	read_impls(out);
	read_mentions(out);
}

const struct mention *routes_find(const struct routes *f, struct span name)
{
	return find_name(f->mentions.ptr, f->mentions.len, name);
}
