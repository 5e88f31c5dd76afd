/*
 * Axum's handlers: which argument may consume the request's body ("the order
 * of extractors" in axum::extract).
 */
#include "rust/handler.h"
#include "rust/item.h"
#include "rust/rule.h"

struct file {
	struct rule_run *run;
	struct routes routes;
	const struct source *s;
};

/* The first argument that consumes the body and is not the last. */
static size_t misplaced(const struct handler *h)
{
	for (size_t i = 0; i + 1 < h->args; i++)
		if (handler_takes_body(&h->arg[i]))
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
		const struct handler_argument *arg = &h->arg[i];

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
	m = routes_find(&f->routes, h->name);
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
		if (handler_takes_body(&h->arg[i]))
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
	    !handler_read(&h, &f->routes, open + 1, f->s->tree.mate[open]))
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
	    !handler_read(&h, &f->routes, pipe + 1, end))
		return;
	body = misplaced(&h);
	if (body < h.args)
		check(f, &h, body,
		      arena_printf(a, "by `%.*s(…)`",
				   SPAN_ARG(lexer_word(&s->lx, route))));
}

static void run(struct rule_run *r, const struct source *s)
{
	struct file f = { .run = r, .s = s };

	if (!look_names(s, "axum") && !look_names(s, "axum_extra"))
		return;
	routes_read(&f.routes, rule_arena(r), s);
	vec_each (struct route_closure, c, &f.routes.closures)
		check_closure(&f, c->route, c->pipe);
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
