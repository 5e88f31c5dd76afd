/* A `@` in a row's source, taken out, is where the question is asked. */
#include "rust/look.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

struct asked {
	struct arena arena;
	struct source s;
	uint32_t at; /* the token at the mark */
};

static void ask(struct asked *q, const char *marked)
{
	const char *mark = strchr(marked, '@');
	struct buf b = { 0 };

	*q = (struct asked){ 0 };
	ck_assert_ptr_nonnull(mark);
	buf_add(&b, marked, (size_t)(mark - marked));
	buf_adds(&b, mark + 1);
	source_read(&q->s, &q->arena, SPAN("src/lib.rs"),
		    arena_span(&q->arena, buf_span(&b)));
	q->at = lexer_at(&q->s.lx, (uint32_t)(mark - marked));
	buf_release(&b);
}

/* The source from one token to before another. */
static const char *between(struct asked *q, uint32_t from, uint32_t to)
{
	if (from == LOOK_NONE || to == LOOK_NONE)
		return "none";
	if (from >= to)
		return "";
	return arena_cstr(&q->arena, lexer_range(&q->s.lx, from, to - 1));
}

static const struct {
	const char *src, *pattern, *want; /* what is matched, or "none" */
} matches[] = {
	{ "@a", "a", "a" },
	{ "@a", "b", "none" },
	{ "@a", "$", "a" },
	{ "@fn", "$", "none" },
	{ "@fn", "$*", "fn" },
	{ "@self", "$", "none" },
	{ "@r#fn", "$", "r#fn" },
	{ "@r#a", "a", "none" },
	{ "@union", "$", "union" },
	{ "@_", "$", "none" },
	{ "@_", "_", "_" },
	{ "@1", "#", "1" },
	{ "@1.5e3", "#", "1.5e3" },
	{ "@\"a b\"", "#", "\"a b\"" },
	{ "@b'x'", "#", "b'x'" },
	{ "@'a", "#", "none" },
	{ "@true", "#", "none" },
	{ "@a.b(c)", "$ . $ ()", "a.b(c)" },
	{ "@a.b(c)", "$ . $ [ ]", "none" },
	{ "@a . b /* x */ ( c )", "$ . $ ()", "a . b /* x */ ( c )" },
	{ "@a[0][1]", "$ [] []", "a[0][1]" },
	{ "@a { b }", "$ {}", "a { b }" },
	{ "@a(", "$ ()", "none" },
	{ "@a(}", "$ ()", "none" },
	{ "@a)", "$ )", "a)" },
	{ "@::a", ":: $", "::a" },
	{ "@a::b", "$ :: b", "a::b" },
	{ "@a: :b", "$ :: b", "none" },
	{ "@a -> b", "$ -> $", "a -> b" },
	{ "@a => b", "$ => $", "a => b" },
	{ "@a && b", "$ & & $", "a && b" },
	{ "@a >= b", "$ > = $", "a >= b" },
	{ "@a::<B>(c)", "$ :: <> ()", "a::<B>(c)" },
	{ "@a(c)", "$ <> ()", "a(c)" },
	{ "@a<B, C>(c)", "$ <> ()", "a<B, C>(c)" },
	{ "@let mut g = x", "let mut $ =", "let mut g =" },
	{ "@let g = x", "let mut $ =", "none" },
	{ "@", "a", "none" },
	{ "@", "$*", "none" },
	{ "@", "()", "none" },
	{ "a@", "#", "none" },
	{ "@a", "a b", "none" },
	{ "@\xff", "\xff", "\xff" },
};

START_TEST(tokens_match_their_pattern)
{
	struct asked q;

	ask(&q, matches[_i].src);
	ck_assert_str_eq(
		between(&q, q.at, look_match(&q.s, q.at, matches[_i].pattern)),
		matches[_i].want);
	arena_release(&q.arena);
}
END_TEST

static const struct {
	const char *src, *want; /* the generics, or "" when they are none */
} generics[] = {
	{ "f@<T>()", "<T>" },
	{ "f@<>()", "<>" },
	{ "f@<'a, T: 'a + B>()", "<'a, T: 'a + B>" },
	{ "f@<Vec<Vec<u8>>>()", "<Vec<Vec<u8>>>" },
	{ "f@<fn(a, b) -> c>()", "<fn(a, b) -> c>" },
	{ "f@<Fn(A) -> Option<B>>()", "<Fn(A) -> Option<B>>" },
	{ "f@<[u8; 4]>()", "<[u8; 4]>" },
	{ "f@<&'a mut T, &&U>()", "<&'a mut T, &&U>" },
	{ "f@<&&U>()", "<&&U>" },
	{ "f@<*const T>()", "<*const T>" },
	{ "f@<dyn A + Send>()", "<dyn A + Send>" },
	{ "f@<?Sized>()", "<?Sized>" },
	{ "f@<Item = T>()", "<Item = T>" },
	{ "f@<{ N + 1 }>()", "<{ N + 1 }>" },
	{ "f@<A, { N }, B = { 1 }>()", "<A, { N }, B = { 1 }>" },
	{ "f@<-1>()", "<-1>" },
	{ "f@<3>()", "<3>" },
	{ "f@<<T as A>::B>()", "<<T as A>::B>" },
	{ "f@<!>()", "<!>" },
	{ "f@<for<'a> fn(&'a u8)>()", "<for<'a> fn(&'a u8)>" },
	{ "f@<m!(a; b)>()", "<m!(a; b)>" },
	{ "f@<\n\t// c\n\tT,\n>()", "<\n\t// c\n\tT,\n>" },
	{ "f@<T>>()", "<T>" },
	/* comparisons */
	{ "a @< b", "" },
	{ "a @< b;", "" },
	{ "if a @< b { c } else if d > e {}", "" },
	{ "(a @< b) > c", "" },
	{ "[a @< b] > c", "" },
	{ "a @< b && c > (d)", "" },
	{ "a() @< b() && c > (d)", "" },
	{ "a @< 1 && c > (d)", "" },
	{ "a @< b || c > (d)", "" },
	{ "a @< b.c && d > (e)", "" },
	{ "a @< b == c > (d)", "" },
	{ "a @< b / c > (d)", "" },
	{ "match x { _ if a @< b => c > d, _ => e }", "" },
	{ "a @< 0..b > c", "" },
	{ "a @< b }", "" },
	{ "@a < b > c", "" },
	{ "@", "" },
	{ "a @<", "" },
	{ "a @<<<<<<", "" },
};

START_TEST(generic_arguments_are_told_from_comparisons)
{
	struct asked q;

	ask(&q, generics[_i].src);
	ck_assert_str_eq(between(&q, q.at, look_generics(&q.s, q.at)),
			 generics[_i].want);
	arena_release(&q.arena);
}
END_TEST

static const struct {
	const char *src, *start, *path;
} paths[] = {
	{ "@a", "a", "a" },
	{ "a::@b", "a", "a::b" },
	{ "a::b::@c(d)", "a", "a::b::c" },
	{ "::a::@b", "a", "a::b" },
	{ "a :: b :: @c", "a", "a::b::c" },
	{ "self::@b", "self", "self::b" },
	{ "super::super::@b", "super", "super::super::b" },
	{ "crate::a::@b", "crate", "crate::a::b" },
	{ "Self::@b", "Self", "Self::b" },
	{ "r#a::@r#fn", "r#a", "a::fn" },
	{ "a::<T>::@b", "a", "a::b" },
	{ "a::<Vec<T>>::@b", "a", "a::b" },
	{ "A<T>::@b", "A", "A::b" },
	{ "A<T>::B<U>::@c", "A", "A::B::c" },
	{ "a::b::<C, D>::e::@f", "a", "a::b::e::f" },
	{ "<T as A>::@b", "b", "b" },
	{ "x.a::@b", "a", "a::b" },
	{ "$crate::@a", "crate", "crate::a" },
	/* a keyword in front is no part of it */
	{ "return ::a::@b", "a", "a::b" },
	{ "return <T>::@b", "b", "b" },
	{ "x as ::a::@b", "a", "a::b" },
	{ "for x in ::a::@b", "a", "a::b" },
	{ "&mut ::a::@b", "a", "a::b" },
	{ "Box<dyn ::a::@b>", "a", "a::b" },
	{ "impl ::a::@b for C {}", "a", "a::b" },
	{ "if <T as A>::@b() {}", "b", "b" },
	/* what the file imports */
	{ "use std::fs; fn f() { fs::@read(x) }", "fs", "std::fs::read" },
	{ "use std::fs::read; fn f() { @read(x) }", "read", "std::fs::read" },
	{ "use std::fs as disk; fn f() { disk::@read(x) }", "disk",
	  "std::fs::read" },
	{ "use std::fs; fn f() { a::fs::@read(x) }", "a", "a::fs::read" },
	{ "use std::sync::{self, Mutex}; fn f() { @Mutex }", "Mutex",
	  "std::sync::Mutex" },
	{ "use std::sync::{self, Mutex}; fn f() { sync::@RwLock }", "sync",
	  "std::sync::RwLock" },
	{ "fn g() { use std::fs; } fn f() { fs::@read(x) }", "fs", "fs::read" },
	{ "use std::collections::HashMap as M; fn f() { M::<A, B>::@new() }",
	  "M", "std::collections::HashMap::new" },
	{ "a::@", "", "a" },
};

START_TEST(a_path_is_read_back_to_its_start_and_through_imports)
{
	struct asked q;
	struct span path;
	uint32_t start;

	ask(&q, paths[_i].src);
	start = look_path_start(&q.s, q.at);
	if (q.at < q.s.lx.count)
		ck_assert_str_eq(between(&q, start, start + 1),
				 paths[_i].start);
	path = look_path(&q.s, &q.arena, q.at);
	ck_assert_msg(span_eqs(path, paths[_i].path), "%.*s", SPAN_ARG(path));
	arena_release(&q.arena);
}
END_TEST

static const struct {
	const char *src;
	bool yes;
} methods[] = {
	{ "a.@b()", true },	     { "a.@b(c)", true },
	{ "a.@b::<T>()", true },     { "a.@b::<Vec<Vec<u8>>>(c)", true },
	{ "a\n\t.@b (c)", true },    { "a?.@b()", true },
	{ "().@b()", true },	     { "0..@b()", false },
	{ "a.@b", false },	     { "a.@b = c()", false },
	{ "@b()", false },	     { "a::@b()", false },
	{ "a.@b[0]()", false },	     { "a.@b::c()", false },
	{ "a.@0()", false },	     { "a.@await", false },
	{ "a.@b { c }", false },     { "a.@b!(c)", false },
	{ "a.@b < c > (d)", false }, { "a.@", false },
	{ "fn @b()", false },	     { "a.@r#fn()", true },
};

START_TEST(a_method_call_is_a_name_between_dot_and_parenthesis)
{
	struct asked q;
	uint32_t open;

	ask(&q, methods[_i].src);
	open = look_method(&q.s, q.at);
	ck_assert_int_eq(open != LOOK_NONE, methods[_i].yes);
	if (methods[_i].yes)
		ck_assert(look_is(&q.s, open, "("));
	arena_release(&q.arena);
}
END_TEST

static const struct {
	const char *src, *want; /* the mark stands before the dot */
} receivers[] = {
	{ "a@.x()", "a" },
	{ "a.b@.x()", "a.b" },
	{ "a.b.c@.x()", "a.b.c" },
	{ "a.0@.x()", "a.0" },
	{ "a.0.1@.x()", "a.0.1" },
	{ "a.b(c)?[d].e()@.x()", "a.b(c)?[d].e()" },
	{ "self.a.lock()@.x()", "self.a.lock()" },
	{ "a.b().await@.x()", "a.b().await" },
	{ "a.b().await?@.x()", "a.b().await?" },
	{ "a???@.x()", "a???" },
	{ "a::b::c(d)@.x()", "a::b::c(d)" },
	{ "a::<T>::b(d)@.x()", "a::<T>::b(d)" },
	{ "A::<T>(d)@.x()", "A::<T>(d)" },
	{ "a.b::<T>()@.x()", "a.b::<T>()" },
	{ "a.b::<Vec<Vec<u8>>>(c)@.x()", "a.b::<Vec<Vec<u8>>>(c)" },
	{ "a()()@.x()", "a()()" },
	{ "a[0][1]@.x()", "a[0][1]" },
	{ "a?[0]?(1)@.x()", "a?[0]?(1)" },
	{ "(a + b)@.x()", "(a + b)" },
	{ "[a, b]@.x()", "[a, b]" },
	{ "\"a\"@.x()", "\"a\"" },
	{ "1@.x()", "1" },
	{ "'c'@.x()", "'c'" },
	{ "m!(a)@.x()", "m!(a)" },
	{ "m![a]@.x()", "m![a]" },
	{ "m! {a}@.x()", "m! {a}" },
	{ "std::m!(a)@.x()", "std::m!(a)" },
	{ "Self::a()@.x()", "Self::a()" },
	{ "crate::a()@.x()", "crate::a()" },
	{ "super::A@.x()", "super::A" },
	{ "a\n\t.b()\n\t@.x()", "a\n\t.b()" },
	/* what stands in front is not part of it */
	{ "-a@.x()", "a" },
	{ "&mut a.b@.x()", "a.b" },
	{ "*a.b@.x()", "a.b" },
	{ "a + b@.x()", "b" },
	{ "a = b@.x()", "b" },
	{ "return a@.x()", "a" },
	{ "return (a)@.x()", "(a)" },
	{ "in [a]@.x()", "[a]" },
	{ "if (a)@.x()", "(a)" },
	{ "match (a)@.x()", "(a)" },
	{ "a, (b)@.x()", "(b)" },
	{ "f(a@.x())", "a" },
	{ "a; b@.x()", "b" },
	{ "a > (b)@.x()", "(b)" },
	{ "a < b > (c)@.x()", "(c)" },
	{ "!(a)@.x()", "(a)" },
	{ "!a@.x()", "a" },
	{ "|y| y@.x()", "y" },
	{ "{ a }@.x()", "{ a }" },
	/* what does not compile */
	{ "@.x()", "" },
	{ "?@.x()", "?" },
	{ ")@.x()", ")" },
	{ "(@.x()", "(" },
};

START_TEST(a_receiver_is_the_whole_chain_before_the_dot)
{
	struct asked q;

	ask(&q, receivers[_i].src);
	ck_assert_str_eq(between(&q, look_receiver(&q.s, q.at), q.at),
			 receivers[_i].want);
	arena_release(&q.arena);
}
END_TEST

static const struct {
	const char *src;
	uint32_t want;
} arguments[] = {
	{ "f@()", 0 },
	{ "f@(/* a, b */)", 0 },
	{ "f@(a)", 1 },
	{ "f@(a,)", 1 },
	{ "f@(a, b)", 2 },
	{ "f@(a, b,)", 2 },
	{ "f@(a, g(b, c), [d, e], { i(j, k) })", 4 },
	{ "f@((a, b))", 1 },
	{ "f@(a::<B, C>(), d)", 2 },
	{ "f@(a as B<C, D>, e)", 2 },
	{ "f@(a as u8, b < c, d > e)", 3 },
	{ "f@(a < b, c > d)", 2 },
	{ "f@(|a, b| a + b)", 1 },
	{ "f@(|a, b| a, c)", 2 },
	{ "f@(a, |b, c| b)", 2 },
	{ "f@(move |a, b| a)", 1 },
	{ "f@(async |a, b| a)", 1 },
	{ "f@(async move |a, b| a)", 1 },
	{ "f@(&|a, b| a)", 1 },
	{ "f@(&mut |a, b| a, c)", 2 },
	{ "f@(|| a, b)", 2 },
	{ "f@(|(a, b), c| a, d)", 2 },
	{ "f@(a | b, c | d)", 2 },
	{ "f@(a || b, c || d)", 2 },
	{ "f@(1 | 2, g() | h, x[0] | y)", 3 },
	{ "f@(a, // b, c\n d)", 2 },
	{ "f@(\"a, b\", ',')", 2 },
	{ "[@(a, b), c]", 2 },
	{ "m!@[a, b, c]", 3 },
	{ "@a(b, c)", 0 },
	{ "@", 0 },
	{ "f@(", 0 },
	{ "f@)", 0 },
	{ "f@(|a, b", 0 },
	{ "f@(::<::<, a)", 2 },
};

START_TEST(arguments_are_split_by_the_commas_that_are_theirs)
{
	struct asked q;

	ask(&q, arguments[_i].src);
	ck_assert_uint_eq(look_arguments(&q.s, q.at), arguments[_i].want);
	arena_release(&q.arena);
}
END_TEST

START_TEST(a_word_is_looked_for_as_a_name)
{
	struct asked q;

	ask(&q, "@use axum::Router; // tonic\nfn f() { \"sqlx\"; r#tokio; }");
	ck_assert(look_names(&q.s, "axum"));
	ck_assert(!look_names(&q.s, "tonic"));
	ck_assert(!look_names(&q.s, "sqlx"));
	ck_assert(!look_names(&q.s, "fn"));
	ck_assert(!look_names(&q.s, ""));
	ck_assert_uint_eq(look_line(&q.s, 0), 1);
	ck_assert_uint_eq(look_line(&q.s, UINT32_MAX), 2);
	ck_assert_int_eq(look_kind(&q.s, UINT32_MAX), TOKEN_END);
	ck_assert(!look_is(&q.s, UINT32_MAX, ""));
	arena_release(&q.arena);
}
END_TEST

/* Repeated to a million bytes, every question is asked at every token. */
static const char *const floods[] = {
	"a.a", "a.a.",	   "a.a().", "a::a::",	"<",	     "<a,",
	">",   "a::<a>::", "a::<",   "()",	"a()()",     "[0]",
	"?",   "a?.",	   "a!().",  "|",	"a(|b,",     "&&",
	"{",   "}",	   "(",	     ")",	"use a::b;", "a::<b,c>().",
	".",   "::",	   "\"a\".", "a as b<", "->",	     "{}.",
};

static uint32_t ask_all(struct asked *q, uint32_t i)
{
	const struct source *s = &q->s;
	uint32_t sum = look_generics(s, i) + look_method(s, i);

	sum += look_path_start(s, i) + look_receiver(s, i);
	sum += look_match(s, i, "$ :: <> ()") + look_line(s, i);
	if (i % 64 == 0)
		sum += (uint32_t)look_path(s, &q->arena, i).len;
	return sum;
}

START_TEST(floods_are_looked_at_in_proportion)
{
	struct asked q = { 0 };
	struct buf b = { 0 };
	volatile uint32_t sum = 0;

	while (b.len < 1000000)
		buf_adds(&b, floods[_i]);
	source_read(&q.s, &q.arena, SPAN("src/lib.rs"), buf_span(&b));
	for (uint32_t i = 0; i <= q.s.lx.count; i++)
		sum += ask_all(&q, i);
	for (uint32_t i = 0; i < q.s.lx.count; i++)
		if (lexer_opens(look_kind(&q.s, i)))
			sum += look_arguments(&q.s, i);
	buf_release(&b);
	(void)sum;
	arena_release(&q.arena);
}
END_TEST

/* Any bytes, cut anywhere: nothing is read outside of the tokens. */
static const char torn[] =
	"use a::{b, c as d}; fn f<T: A<B = C>>(x: &dyn ::e::F) -> G<{ N }> {\n"
	"a::<T>::b(c)?[d].e::<Vec<Vec<u8>>>(|x, y| x < y && z > (w), 1)\n"
	".await??.g(m![h], <T as I>::j(), k as L<M, N>).0.1.o(\"p\", 'q')\n"
	"}\xff\xc3 r#s \"";

START_TEST(torn_code_is_looked_at_all_the_same)
{
	for (size_t n = 0; n < sizeof(torn); n++) {
		struct asked q = { 0 };

		source_read(&q.s, &q.arena, SPAN("src/lib.rs"),
			    (struct span){ torn, n });
		for (uint32_t i = 0; i <= q.s.lx.count; i++) {
			uint32_t end = look_generics(&q.s, i);

			ask_all(&q, i);
			look_path(&q.s, &q.arena, i);
			look_arguments(&q.s, i);
			ck_assert_uint_le(end, q.s.lx.count);
			ck_assert_uint_le(look_receiver(&q.s, i), i);
			ck_assert_uint_le(look_path_start(&q.s, i), i);
		}
		arena_release(&q.arena);
	}
}
END_TEST

Suite *rust_look_suite(void)
{
	Suite *s = suite_create("rust_look");
	TCase *tc = tcase_create("look");

	tcase_set_timeout(tc, 120);
	add_rows(tc, tokens_match_their_pattern, matches);
	add_rows(tc, generic_arguments_are_told_from_comparisons, generics);
	add_rows(tc, a_path_is_read_back_to_its_start_and_through_imports,
		 paths);
	add_rows(tc, a_method_call_is_a_name_between_dot_and_parenthesis,
		 methods);
	add_rows(tc, a_receiver_is_the_whole_chain_before_the_dot, receivers);
	add_rows(tc, arguments_are_split_by_the_commas_that_are_theirs,
		 arguments);
	tcase_add_test(tc, a_word_is_looked_for_as_a_name);
	add_rows(tc, floods_are_looked_at_in_proportion, floods);
	tcase_add_test(tc, torn_code_is_looked_at_all_the_same);
	suite_add_tcase(s, tc);
	return s;
}
