#include "rule_rows.h"
#include "rust/rule.h"

#define AXUM "use axum::{extract::*, routing::*, Json, Router};\n"
#define ROUTE \
	"\nfn r() -> Router { Router::new().route(\"/x\", post(create)) }\n"

static const struct hit hits[] = {
	{ AXUM "async fn create(Json(b): Json<B>, State(d): State<D>) {}" ROUTE,
	  "2", NULL },
	{ AXUM "async fn create(b: String, user: User) {}" ROUTE, "2", NULL },
	{ AXUM "async fn create(b: Bytes, h: HeaderMap) {}" ROUTE, "2", NULL },
	{ AXUM "async fn create(\n    Path(id): Path<u32>,\n"
	       "    Form(b): Form<B>,\n    user: User,\n) {}" ROUTE,
	  "4", NULL },
	{ AXUM "async fn create(mut m: Multipart, user: User) {}" ROUTE, "2",
	  NULL },
	{ AXUM "async fn create(r: Request, State(d): State<D>) {}" ROUTE, "2",
	  NULL },
	{ "use axum::debug_handler;\n"
	  "#[debug_handler]\nasync fn f(_: axum::Json<()>, _: http::Uri) {}",
	  "3", NULL },
	{ "#[axum::debug_handler(state = S)]\n"
	  "async fn f(_: String, _: Uri) {}",
	  "2", NULL },
	{ AXUM "#[utoipa::path(post, path = \"/x\")]\n"
	       "pub async fn f(app: AppState, b: Json<B>, p: Parts) {}",
	  "3", NULL },
	{ AXUM "async fn f(State(d): State<D>, b: Option<Json<B>>,\n"
	       "    Query(q): Query<Q>) {}",
	  "2", NULL },
	{ AXUM "async fn f(b: Result<Json<B>, JsonRejection>,\n"
	       "    Extension(d): Extension<D>) {}",
	  "2", NULL },
	{ AXUM "async fn f(WithRejection(Json(b), _): "
	       "WithRejection<Json<B>, E>,\n    s: State<S>) {}",
	  "2", NULL },
	{ AXUM
	  "async fn f(Json(b): Json<B>, State(d): State<D>, user: User) {}",
	  "2", NULL },
	{ AXUM "async fn f(ClientIp(ip): ClientIp, Json(b): Json<B>, "
	       "s: State<S>) {}",
	  "2", NULL },
	{ "use axum::extract::State;\nuse crate::extract::ValidatedJson;\n"
	  "async fn f(ValidatedJson(b): ValidatedJson<B>, State(s): State<S>) "
	  "{}",
	  "3", NULL },
	{ AXUM
	  "fn r() -> Router { Router::new().route(\"/\", get(\n"
	  "    |b: String, State(d): State<D>| async move { d.put(b) })) }",
	  "3", NULL },
	{ AXUM "fn r() -> Router { Router::new().route(\"/\", post(\n"
	       "    move |Json(b): Json<B>, u: Uri| async {})) }",
	  "3", NULL },
	{ AXUM "impl Api {\n async fn create(b: Bytes, h: HeaderMap) {}\n"
	       " fn r() -> Router { Router::new().route(\"/\", "
	       "any(Self::create)) }\n}",
	  "3", NULL },
	{ AXUM "async fn create<S: Store>(Json(b): Json<B>, s: State<S>) {}\n"
	       "fn r<S: Store>() { Router::new().route(\"/\", "
	       "put(create::<S>)); }",
	  "2", NULL },
	{ "use axum::middleware::{from_fn, Next};\nuse axum::extract::*;\n"
	  "async fn auth(r: Request, State(s): State<S>, next: Next) {}",
	  "3", NULL },
	{ AXUM "struct Signed;\nimpl<S> FromRequest<S> for Signed {}\n"
	       "async fn create(s: Signed, u: User) {}" ROUTE,
	  "4", NULL },
	{ AXUM "async fn create(Json(a): Json<A>, b: String, u: Uri) {}" ROUTE,
	  "2", NULL },
	{ AXUM "async fn create(b: Json<B>, u: User) {}\n"
	       "fn r() { Router::new().fallback(create); }",
	  "2", NULL },
	{ AXUM "async fn create(b: Json<B>, u: User) {}\n"
	       "fn r() { OpenApiRouter::new().routes(routes!(list, create)); }",
	  "2", NULL },
	{ AXUM "async fn create(b: Json<B>, u: User) {}\n"
	       "fn r() { ApiRouter::new().api_route(\"/\", "
	       "post_with(create, create_docs)); }",
	  "2", NULL },
	{ AXUM "async fn f(ctx: Ctx, NoApi(rng): NoApi<BoxRng>, "
	       "Json(b): Json<B>,\n id: IdParam) {}",
	  "2", NULL },
};

static const struct miss misses[] = {
	{ AXUM "async fn create(State(d): State<D>, Json(b): Json<B>) {}" ROUTE,
	  "the body is last", NULL },
	{ AXUM "async fn create(Json(b): Json<B>) {}" ROUTE,
	  "the only argument", NULL },
	{ AXUM "async fn create(State(d): State<D>, u: Uri) {}" ROUTE,
	  "no body at all", NULL },
	{ AXUM "async fn create(State(d): State<D>, r: Request) {}" ROUTE,
	  "the request is last", NULL },
	{ "use axum::{extract::Request, middleware::Next};\n"
	  "async fn auth(r: Request, next: Next) -> Response {}",
	  "a middleware: Next is no extractor", NULL },
	{ "use axum::{extract::*, middleware::*};\n"
	  "async fn auth(State(s): State<S>, r: Request, next: Next) {}",
	  "a middleware in its order", NULL },
	{ "use actix_web::web::{self, Json};\n"
	  "async fn create(b: Json<B>, d: web::Data<D>) {}",
	  "actix, in any order", NULL },
	{ "use actix_web::web::Json;\nuse axum::extract::State;\n"
	  "async fn create(b: Json<B>, State(d): State<D>) {}",
	  "the Json is actix's", NULL },
	{ "use axum::extract::State;\nuse sqlx::types::Json;\n"
	  "async fn f(Json(b): Json<B>, State(d): State<D>) {}",
	  "the Json is a column's type", NULL },
	{ AXUM "async fn save(b: Json<B>, db: &Db) {}",
	  "no extractor is a reference", NULL },
	{ AXUM "async fn save(name: String, id: u32) {}",
	  "ordinary arguments, no route", NULL },
	{ AXUM "async fn fetch(h: HeaderMap, body: Bytes, id: Uuid) {}",
	  "nothing of axum's own among them", NULL },
	{ AXUM "async fn inner(b: Json<B>, s: State<S>) {}\n"
	       "async fn create(s: State<S>, b: Json<B>) { inner(b, s).await }",
	  "called by hand", NULL },
	{ AXUM "fn build(b: Json<B>, s: State<S>) {}", "not async, no route",
	  NULL },
	{ "async fn create(Json(b): Json<B>, State(d): State<D>) {}" ROUTE,
	  "axum is not named in the file", NULL },
	{ AXUM "impl Handler for H {\n"
	       " async fn call(b: Json<B>, s: State<S>) {} }",
	  "a trait fixes the order", NULL },
	{ AXUM "trait Api { async fn put(b: Json<B>, s: State<S>); }",
	  "no body of a function", NULL },
	{ AXUM "struct Auth;\nimpl<S> FromRequestParts<S> for AuthJson {}\n"
	       "async fn create(a: AuthJson<T>, s: State<S>) {}" ROUTE,
	  "takes the head, as its impl says", NULL },
	{ AXUM "async fn create(a: AcceptJson, s: State<S>) {}" ROUTE,
	  "a name alone, without a T, is no custom", NULL },
	{ AXUM "async fn create(s: Extension<Json<B>>, u: Uri) {}" ROUTE,
	  "an extension that happens to hold a Json", NULL },
	{ AXUM "async fn create(id: Path<String>, u: Uri) {}" ROUTE,
	  "the String is the path's", NULL },
	{ "use axum::routing::post;\nuse tonic::Request;\n"
	  "async fn create(r: Request<B>, u: Uri) {}" ROUTE,
	  "tonic's request", NULL },
	{ "use axum::routing::post;\nuse crate::model::Request;\n"
	  "async fn create(r: Request, u: Uri) {}" ROUTE,
	  "a Request of this repository", NULL },
	{ AXUM "async fn create(b: Json<B>, u: Uri) {}\n"
	       "fn r() -> Router { Router::new().route(\"/\", "
	       "post(other::create)) }",
	  "another module's create, and http's Uri alone", NULL },
	{ AXUM "fn r() { let f = |b: String, s: State<S>| s.put(b); }",
	  "a closure of one's own", NULL },
	{ AXUM "#[cfg(test)] mod t { async fn create(b: Json<B>, s: State<S>) "
	       "{} }",
	  "test code", NULL },
	{ AXUM "async fn create(b: Json<B>, s: State<S>) {}" ROUTE,
	  "an example", "examples/a.rs" },
	{ AXUM
	  "async fn create(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, "
	  "i: I, j: J, k: K, l: L, m: M, n: N, o: O, p: Json<P>, q: Q) {}",
	  "too many to be a handler", NULL },
};

RULE_TABLES(rule_axum_extractor_order, hits, misses)

/* What the edit makes of the source. */
static const struct {
	const char *src, *want;
} edits[] = {
	{ AXUM "async fn create(Json(b): Json<B>, State(d): State<D>) {}" ROUTE,
	  AXUM
	  "async fn create(State(d): State<D>, Json(b): Json<B>) {}" ROUTE },
	{ AXUM "async fn create(\n    Path(id): Path<u32>,\n"
	       "    Json(b): Json<B>,\n    user: User, // who\n"
	       "    s: State<S>,\n) {}" ROUTE,
	  AXUM "async fn create(\n    Path(id): Path<u32>,\n"
	       "    user: User,\n    s: State<S>, // who\n"
	       "    Json(b): Json<B>,\n) {}" ROUTE },
	{ "use axum::{extract::*, middleware::*};\n"
	  "async fn a(r: Request, State(s): State<S>, next: Next) {}",
	  "use axum::{extract::*, middleware::*};\n"
	  "async fn a(State(s): State<S>, r: Request, next: Next) {}" },
	/* two bodies: no order is right */
	{ AXUM "async fn create(Json(a): Json<A>, b: String, u: Uri) {}" ROUTE,
	  AXUM
	  "async fn create(Json(a): Json<A>, b: String, u: Uri) {}" ROUTE },
};

START_TEST(the_edit_puts_the_body_last)
{
	struct rule_try t;
	struct buf b = { 0 };
	size_t at = 0;

	rule_try(&t, NULL, NULL, edits[_i].src, LINE_ADDED);
	ck_assert_uint_eq(t.report.groups.len, 1);
	vec_each (struct rule_edit, e,
		  &t.report.groups.ptr[0].places.ptr[0].edits) {
		ck_assert_uint_ge(e->from, at);
		buf_add(&b, edits[_i].src + at, e->from - at);
		buf_addsp(&b, e->text);
		at = e->to;
	}
	buf_adds(&b, edits[_i].src + at);
	ck_assert_str_eq(buf_cstr(&b), edits[_i].want);
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* The argument stood there before; what now follows it is new. */
START_TEST(an_argument_added_behind_the_body_is_the_place)
{
	static const char src[] = AXUM "async fn create(\n Json(b): Json<B>,\n"
				       " State(d): State<D>,\n) {}" ROUTE;
	uint8_t line[16] = { 0 };
	struct rule_try t;

	rule_try(&t, NULL, NULL, src, 0);
	line[4] = LINE_ADDED;
	t.file.line = line;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_axum_extractor_order), "4");
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_axum_suite(void)
{
	Suite *s = suite_create("rust_rule_axum");
	TCase *tc = tcase_create("axum");

	add_rule_rows(tc, rule_axum_extractor_order, hits, misses);
	add_rows(tc, the_edit_puts_the_body_last, edits);
	tcase_add_test(tc, an_argument_added_behind_the_body_is_the_place);
	suite_add_tcase(s, tc);
	return s;
}
