#include "rust/context.h"

#include "base/buf.h"
#include "rust_invariants.h"
#include "test.h"

/*
 * What is said of each word that is one capital letter: async, closure,
 * blocking, fn, loop, unsafe, macro definition, macro argument.
 */
static const struct {
	const char *src, *said;
} contexts[] = {
	{ "X", "X" },
	{ "fn f() { X }", "Xf" },
	{ "async fn f() { X }", "Xaf" },
	{ "pub async unsafe fn f<T>(a: [u8; 3]) -> R where T: S { X }",
	  "T R T S Xafu" },
	{ "async fn f() { fn g() { X } Y }", "Xf Yaf" },
	{ "fn f() { async fn g() { X } Y }", "Xaf Yf" },
	{ "fn f() { async { X }; Y; async move { Z } }", "Xaf Yf Zaf" },
	{ "async fn f() { g(|x| X); h(move || { Y }); Z }", "Xacf Yacf Zaf" },
	{ "fn f() { g(async |x| X, Y); h(async move || { Z }) }",
	  "Xacf Yf Zacf" },
	{ "async fn f() { spawn_blocking(|| X); Y }", "Xbcf Yaf" },
	{ "async fn f() { tokio::task::spawn_blocking(move || { X; Y }) }",
	  "Xbcf Ybcf" },
	{ "async fn f() { spawn_blocking(move || block_on(async { X })) }",
	  "Xacf" },
	{ "async fn f() { std::thread::spawn(|| X); tokio::spawn(|| Y) }",
	  "Xbcf Yacf" },
	{ "async fn f() { block_in_place(|| { g(|| X) }) }", "Xbcf" },
	{ "fn f() { a || X; b && Y; c | X | d }", "Xf Yf Xf" },
	{ "fn f() { let g = |a: A, (b, c)| -> B { X }; Y }", "Af Bcf Xcf Yf" },
	{ "fn f() { g(|| || X, Y) }", "Xcf Yf" },
	{ "fn f() { a(|b| X.c(|d| Y), Z) }", "Xcf Ycf Zf" },
	{ "fn f() { match a { B { .. } | C { .. } => X, D | E if F => Y } }",
	  "Bf Cf Xf Df Ef Ff Yf" },
	{ "fn f() { loop { X } Y; while A { Z } for b in B { X } }",
	  "Xfl Yf Af Zfl Bf Xfl" },
	{ "fn f() { loop { g(|| X); async { Y } ; Z } }", "Xcf Yaf Zfl" },
	{ "fn f() { let g: &dyn for<'a> Fn(&'a A); { X } }", "Af Xf" },
	{ "fn f() { while let Some(x) = a(|b| { X }) { Y } }", "Xcf Yfl" },
	{ "fn f() { unsafe { X } Y }", "Xfu Yf" },
	{ "unsafe impl A for B { fn f() { X } }", "A B Xf" },
	{ "macro_rules! m { ($A:expr) => { async { X } } } Y", "AM XM Y" },
	{ "async fn f() { macro_rules! m { () => { X } } Y }", "XM Yaf" },
	{ "async fn f() { select! { a = X => { Y } } }", "Xafm Yafm" },
	{ "m! { async fn f() { X } Y }", "Xafm Ym" },
	{ "const A: B = { || X };", "A B Xc" },
	{ "async fn f() { const A: B = X; static C: D = || Y; }",
	  "A B X C D Yc" },
	{ "fn f() -> A { async move { X } }", "A Xaf" },
};

static const char *say(const struct context *c, struct buf *out)
{
	static const struct {
		char letter;
		uint8_t flag;
	} said[] = {
		{ 'a', CONTEXT_ASYNC },	    { 'b', CONTEXT_BLOCKING },
		{ 'c', CONTEXT_CLOSURE },   { 'f', CONTEXT_FN },
		{ 'l', CONTEXT_LOOP },	    { 'u', CONTEXT_UNSAFE },
		{ 'M', CONTEXT_MACRO_DEF }, { 'm', CONTEXT_MACRO },
	};
	const struct lexer *lx = c->outline->lx;

	for (uint32_t i = 0; i < lx->count; i++) {
		struct span s = lexer_text(lx, i);

		if (s.len != 1 || *s.ptr < 'A' || *s.ptr > 'Z')
			continue;
		buf_addf(out, "%s%c", out->len ? " " : "", *s.ptr);
		for (size_t k = 0; k < sizeof(said) / sizeof(*said); k++)
			if (c->flags[i] & said[k].flag)
				buf_addc(out, said[k].letter);
	}
	return buf_cstr(out);
}

START_TEST(each_place_is_in_the_code_a_reader_sees)
{
	struct reading r = { 0 };
	struct buf out = { 0 };

	reading_run(&r, span_of(contexts[_i].src));
	ck_assert_str_eq(say(&r.context, &out), contexts[_i].said);
	ck_assert_pstr_eq(reading_broken_cut(span_of(contexts[_i].src)), NULL);
	buf_release(&out);
	arena_release(&r.arena);
}
END_TEST

/* X and Y are of one body, or are not. */
static const struct {
	const char *src;
	bool same;
} bodies[] = {
	{ "async fn f() { X; { Y } }", true },
	{ "async fn f() { X; async { Y } }", false },
	{ "async fn f() { X; g(|| Y) }", false },
	{ "async fn f() { g(|| { X; Y }) }", true },
	{ "async fn f() { X; loop { select! { _ = Y => {} } } }", true },
	{ "fn f() { X } fn g() { Y }", false },
	{ "async fn f() { X; async fn g() { Y } }", false },
	{ "async fn f() { async fn g() {} X; Y }", true },
	{ "async fn f() { g(async { X }, async { Y }) }", false },
};

START_TEST(a_body_is_what_values_live_in)
{
	uint32_t of[2] = { 0 };
	struct reading r = { 0 };

	reading_run(&r, span_of(bodies[_i].src));
	for (uint32_t i = 0; i < r.lx.count; i++)
		for (size_t k = 0; k < 2; k++)
			if (span_eqs(lexer_text(&r.lx, i), k ? "Y" : "X"))
				of[k] = r.context.body[i];
	ck_assert_uint_ne(of[0], 0);
	ck_assert_uint_ne(of[1], 0);
	ck_assert_int_eq(of[0] == of[1], bodies[_i].same);
	arena_release(&r.arena);
}
END_TEST

Suite *rust_context_suite(void)
{
	Suite *s = suite_create("rust_context");
	TCase *tc = tcase_create("context");

	add_rows(tc, each_place_is_in_the_code_a_reader_sees, contexts);
	add_rows(tc, a_body_is_what_values_live_in, bodies);
	suite_add_tcase(s, tc);
	return s;
}
