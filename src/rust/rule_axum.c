/*
 * Axum's handlers: which argument may consume the request's body ("the order
 * of extractors" in axum::extract). Linear but for sorting names.
 */
#include <stdlib.h>
#include <string.h>

#include "rust/item.h"
#include "rust/param.h"
#include "rust/rule.h"

/* Handlers take sixteen extractors at most. */
#define ARGUMENTS_MAX 16

/* A fn's name that the file calls, or gives to a router. */
struct mention {
	struct span name;
	uint32_t token;
	uint32_t route; /* `post` of `post(create)`, or LOOK_NONE */
};

struct file {
	struct rule_run *run;
	const struct source *s;
	VEC(struct mention) mentions; /* sorted by name, routes first */
	VEC(struct mention) impls;    /* of traits; token: the item's index */
};

struct argument {
	struct param param;
	uint32_t name; /* of its type, within wrappers */
	enum names_extractor kind;
	bool destructured; /* `Json(body): Json<Body>` */
	bool by_value;
};

/* What is known of a fn or closure that may be a handler. */
struct handler {
	struct argument arg[ARGUMENTS_MAX];
	size_t args;	 /* without a middleware's Next */
	bool middleware; /* there is one */
	struct span name;
	const struct item *fn; /* NULL: a closure */
};

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

static void mention(struct file *f, uint32_t token, uint32_t route)
{
	struct mention *m = vec_push(&f->mentions, rule_arena(f->run));

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

/* What the call at `open` is given; a closure is checked on the spot. */
static void read_route(struct file *f, uint32_t name, uint32_t open);

static void read_mentions(struct file *f)
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

static void read_impls(struct file *f)
{
	const struct outline *o = &f->s->outline;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (it->kind != ITEM_IMPL || !it->name.len ||
		    span_find(it->trait_path, SPAN("FromRequest")) < 0)
			continue;
		*vec_push(&f->impls, rule_arena(f->run)) =
			(struct mention){ it->name, i, LOOK_NONE };
	}
	if (f->impls.len)
		qsort(f->impls.ptr, f->impls.len, sizeof(*f->impls.ptr),
		      by_name);
}

/* By `impl FromRequest<S> for Name` in this file. */
static enum names_extractor own_extractor(const struct file *f,
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
static enum names_extractor known_extractor(const struct file *f, uint32_t name)
{
	static const char *const crates[] = {
		"axum",	 "axum_extra", "axum_core", "aide", "extract",
		"http",	 "hyper",      "bytes",	    "std",  "alloc",
		"crate", "super",      "self", /* from `crate` on: this
						  repository's */
	};
	enum names_extractor kind =
		names_extractor(lexer_word(&f->s->lx, name));
	struct span path = look_path(f->s, rule_arena(f->run), name), crate;

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

static void classify(const struct file *f, struct argument *arg)
{
	const struct source *s = f->s;
	uint32_t at = arg->param.type, name;

	arg->name = LOOK_NONE;
	if (at >= arg->param.to)
		return;
	arg->by_value = lexer_any_word(look_kind(s, at)) &&
			look_kind(s, at) != KW_IMPL &&
			look_kind(s, at) != KW_DYN;
	name = param_type_name(s, at, arg->param.to);
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
	arg->destructured =
		look_kind(s, arg->param.pattern) >= TOKEN_IDENT &&
		span_eq(lexer_word(&s->lx, arg->param.pattern),
			lexer_word(&s->lx, name)) &&
		look_kind(s, arg->param.pattern + 1) == TOKEN_OPEN_PAREN;
}

/* False: too many arguments for a handler, or none. */
static bool read_arguments(const struct file *f, struct handler *h,
			   uint32_t from, uint32_t end)
{
	struct param p = { 0 };

	while (param_next(f->s, &p, from, end)) {
		if (h->args == ARGUMENTS_MAX)
			return false;
		h->arg[h->args] = (struct argument){ .param = p };
		classify(f, &h->arg[h->args++]);
	}
	if (h->args && h->arg[h->args - 1].name != LOOK_NONE &&
	    look_is(f->s, h->arg[h->args - 1].name, "Next")) {
		h->middleware = true;
		h->args--;
	}
	return h->args;
}

static bool takes_body(const struct argument *arg)
{
	return arg->kind >= EXTRACTOR_BODY;
}

/* The first argument that consumes the body and is not the last. */
static size_t misplaced(const struct handler *h)
{
	for (size_t i = 0; i + 1 < h->args; i++)
		if (takes_body(&h->arg[i]))
			return i;
	return h->args;
}

/* The attribute that only handlers have, or NULL. */
static const char *attribute(const struct source *s, const struct item *fn)
{
	for (uint32_t i = fn->lead; i < fn->head; i++) {
		if (look_is(s, i, "debug_handler"))
			return "by its `#[debug_handler]`";
		if (look_match(s, i, "[ utoipa :: path ()") != LOOK_NONE)
			return "by its `#[utoipa::path]`";
	}
	return NULL;
}

/*
 * Without a router in sight: are the arguments those of a handler? Each is an
 * extractor, one of axum's own; or there is one that only axum fills, and a
 * body that nobody passes around as Json<T>.
 */
static bool looks_like_handler(const struct handler *h, size_t body)
{
	size_t known = 0, own = 0;

	for (size_t i = 0; i < h->args; i++) {
		const struct argument *arg = &h->arg[i];

		if (!arg->by_value)
			return false;
		known += arg->kind != EXTRACTOR_NONE;
		own += arg->kind == EXTRACTOR_AXUM ||
		       (i != body && arg->destructured);
	}
	return own &&
	       (known == h->args || h->arg[body].kind != EXTRACTOR_PLAIN_BODY);
}

/* The words that say why it is a handler, or NULL. */
static const char *evidence(const struct file *f, const struct handler *h,
			    size_t body)
{
	const struct source *s = f->s;
	const struct mention *m;
	const struct item *in;
	struct arena *a = rule_arena(f->run);

	if (attribute(s, h->fn))
		return attribute(s, h->fn);
	m = find_name(f->mentions.ptr, f->mentions.len, h->name);
	if (m && m->route != LOOK_NONE)
		return arena_printf(a, "by `%.*s(%.*s)` at line %u",
				    SPAN_ARG(lexer_word(&s->lx, m->route)),
				    SPAN_ARG(h->name), look_line(s, m->token));
	if (h->fn->parent != OUTLINE_NONE) {
		in = &s->outline.item[h->fn->parent];
		if (in->kind == ITEM_TRAIT ||
		    (in->kind == ITEM_IMPL && in->trait_path.len))
			return NULL;
	}
	if (m || !(h->fn->flags & ITEM_ASYNC) || !looks_like_handler(h, body))
		return NULL;
	return h->middleware ? "by its `Next`" : "by its other arguments";
}

static struct span source_of(const struct source *s, const struct param *p)
{
	return lexer_range(&s->lx, p->from, p->to - 1);
}

/* Each argument from the body's on takes the place of the one before it; what
 * stands between them stays. */
static void reorder(const struct file *f, struct rule_place *p,
		    const struct handler *h, size_t body)
{
	const struct source *s = f->s;

	for (size_t i = body + 1; i < h->args; i++)
		if (takes_body(&h->arg[i]))
			return;
	for (size_t i = body; i < h->args; i++) {
		size_t next = i + 1 < h->args ? i + 1 : body;
		struct span was = source_of(s, &h->arg[i].param);
		uint32_t at = (uint32_t)(was.ptr - s->lx.src.ptr);

		rule_edit(f->run, p, at, at + (uint32_t)was.len,
			  source_of(s, &h->arg[next].param));
	}
}

static void check(const struct file *f, const struct handler *h, size_t body,
		  const char *why)
{
	const struct source *s = f->s;
	const struct param *p = &h->arg[body].param;
	struct span type = lexer_range(&s->lx, p->type, p->to - 1);
	struct rule_place *place;
	uint32_t also = LOOK_NONE;

	/* or what now stands behind it is new */
	for (size_t i = h->args - 1; i > body; i--)
		if (rule_asks(f->run, h->arg[i].param.pattern))
			also = h->arg[i].param.pattern;
	place = rule_found(f->run, p->pattern, also,
			   "`%.*s` consumes the request's body but is not the "
			   "last extractor of `%.*s`, a handler %s",
			   SPAN_ARG(text_clip(type, 80)),
			   SPAN_ARG(text_clip(h->name, 80)), why);
	reorder(f, place, h, body);
}

static void check_fn(const struct file *f, const struct item *fn)
{
	uint32_t open = param_open(f->s, fn);
	struct handler h = { .fn = fn, .name = fn->name };
	const char *why;
	size_t body;

	if (open == LOOK_NONE || fn->open == OUTLINE_NONE ||
	    !read_arguments(f, &h, open + 1, f->s->tree.mate[open]))
		return;
	body = misplaced(&h);
	if (body == h.args)
		return;
	why = evidence(f, &h, body);
	if (why)
		check(f, &h, body, why);
}

/* `post(|State(db): State<Db>, Json(item): Json<Item>| async move { … })` */
static void check_closure(const struct file *f, uint32_t route, uint32_t pipe)
{
	const struct source *s = f->s;
	struct handler h = { .name = SPAN("the closure") };
	uint32_t end = pipe + 1;
	size_t body;
	struct arena *a = rule_arena(f->run);

	while (end < s->lx.count && look_kind(s, end) != TOKEN_OR &&
	       !lexer_closes(look_kind(s, end)))
		end = item_skip(&s->tree, end);
	if (look_kind(s, end) != TOKEN_OR ||
	    !read_arguments(f, &h, pipe + 1, end))
		return;
	body = misplaced(&h);
	if (body < h.args)
		check(f, &h, body,
		      arena_printf(a, "by `%.*s(…)`",
				   SPAN_ARG(lexer_word(&s->lx, route))));
}

static void read_route(struct file *f, uint32_t name, uint32_t open)
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
			check_closure(f, name, i);
	}
}

static void run(struct rule_run *r, const struct source *s)
{
	struct file f = { .run = r, .s = s };

	if (!look_names(s, "axum") && !look_names(s, "axum_extra"))
		return;
	read_impls(&f);
	read_mentions(&f);
	for (uint32_t i = 0; i < s->outline.count; i++)
		if (s->outline.item[i].kind == ITEM_FN)
			check_fn(&f, &s->outline.item[i]);
}

const struct rule rule_axum_extractor_order = {
	.id = "axum-extractor-order",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about =
		"an Axum handler whose body extractor is not its last argument",
	.consequence = "only the last argument may implement FromRequest, the "
		       "ones before it get the request's head alone, so that "
		       "the function is no `Handler` and its route does not "
		       "compile",
	.remedy = "make it the last argument",
	.why = "A request's body is a stream that can be read once. Axum "
	       "therefore runs a handler's extractors from left to right and "
	       "hands the body to the last one only: Json, Form, Multipart, "
	       "Bytes, String, Request. In any other place the function does "
	       "not implement Handler, and the compiler says so at the route, "
	       "with a trait bound that does not name the argument.",
	.bad = "use axum::{extract::State, routing::post, Json, Router};\n"
	       "\n"
	       "async fn create(Json(new): Json<NewUser>, State(db): "
	       "State<Db>) "
	       "-> Json<User> {\n"
	       "    Json(db.insert(new).await)\n"
	       "}\n"
	       "\n"
	       "fn router() -> Router<Db> {\n"
	       "    Router::new().route(\"/users\", post(create))\n"
	       "}\n",
	.good = "use axum::{extract::State, routing::post, Json, Router};\n"
		"\n"
		"async fn create(State(db): State<Db>, Json(new): "
		"Json<NewUser>) "
		"-> Json<User> {\n"
		"    Json(db.insert(new).await)\n"
		"}\n"
		"\n"
		"fn router() -> Router<Db> {\n"
		"    Router::new().route(\"/users\", post(create))\n"
		"}\n",
	.run = run,
};
