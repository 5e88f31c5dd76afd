/* What rust/panics.h takes for a panic. */
#include "rust/panics.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* Words that panic, in order, as panic_name() has them. */
static const struct {
	const char *src, *found;
} rows[] = {
	{ "fn f() { a.unwrap() }", "unwrap" },
	{ "fn f() { a.b()?.c[0].unwrap_err(); }", "unwrap" },
	{ "fn f() { a\n .b()\n .expect(\"c\") }", "expect" },
	{ "fn f() { a.expect_err(\"b\") }", "expect" },
	{ "fn f() { a.expect(r\"b\") }", "expect" },
	{ "fn f() { a.expect(&format!(\"b {c}\")) }", "expect" },
	{ "fn f() { a.expect(concat!(\"b\", \"c\")) }", "expect" },
	{ "fn f() { a.expect(\"b\",) }", "expect" },
	{ "fn f() { a.expect(MISSING) }", "expect" },
	{ "fn f() { a.expect(Self::MISSING) }", "expect" },
	{ "fn f() { a.expect(err_msg) }", "expect" },
	{ "fn f() { a.expect(s.as_str()) }", "expect" },
	{ "fn f() { self.a.expect(\"b\") }", "expect" },
	{ "fn f() { panic!() }", "panic!" },
	{ "fn f() { std::panic!(\"a {}\", b) }", "panic!" },
	{ "fn f() { unreachable!(); todo!(); unimplemented!() }",
	  "unreachable! todo! todo!" },
	{ "fn f() { assert!(a); assert_eq!(a, b); assert_ne!(a, b) }",
	  "assert! assert! assert!" },
	{ "fn f() { g(a.unwrap(), |b| b.unwrap()) }", "unwrap unwrap" },
	{ "fn f() { assert_eq!(a.unwrap(), 1) }", "assert! unwrap" },
	{ "static A: L<B> = L::new(|| c().unwrap());", "unwrap" },
	{ "thread_local! { static A: B = c().unwrap(); }", "unwrap" },
	{ "select! { a = b => { a.unwrap() } }", "unwrap" },

	{ "fn f() { a.unwrap_or(1); a.unwrap_or_default() }", "" },
	{ "fn f() { unwrap(a) }", "" },
	{ "fn f() { a.unwrap(b) }", "" },
	{ "fn f() { a.unwrap }", "" },
	{ "fn unwrap() {}", "" },
	{ "fn f() { a.map(Option::unwrap) }", "" },
	{ "fn f() { self.expect(\"b\") }", "" },
	{ "fn f() { p.expect(Token::Comma) }", "" },
	{ "fn f() { p.expect(b',') }", "" },
	{ "fn f() { p.expect(kind) }", "" },
	{ "fn f() { mock.expect() }", "" },
	{ "fn f() { a.expect(\"b\", c) }", "" },
	{ "fn f() { quote! { #a.unwrap() } }", "" },
	{ "fn f() { quote! { g(|| { panic!() }) } }", "" },
	{ "fn f() { parse_quote!(#a.expect(\"b\")) }", "" },
	{ "macro_rules! m { () => { a.unwrap() } }", "" },
	{ "const A: B = c().unwrap();", "" },
	{ "fn f() { const A: B = c().unwrap(); }", "" },
	{ "static A: B = match c() { D(d) => d, _ => panic!() };", "" },
	{ "fn f() { panic(); std::panic::catch_unwind(g) }", "" },
	{ "fn f() { if panic != a {} debug_assert!(a) }", "" },
	{ "// a.unwrap()\nfn f() { \"a.unwrap()\" }", "" },
	{ "fn f() { a.expect(", "" },
	{ "a.unwrap", "" },
};

START_TEST(a_panic_is_told_by_its_shape)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct source s;

	source_read(&s, &a, SPAN("src/lib.rs"), span_of(rows[_i].src));
	for (uint32_t i = 0; i <= s.lx.count; i++)
		if (panic_at(&s, i) != PANIC_NONE)
			buf_addf(&b, "%s%s", b.len ? " " : "",
				 panic_name(panic_at(&s, i)));
	ck_assert_msg(!strcmp(buf_cstr(&b), rows[_i].found), "'%s' in %s",
		      buf_cstr(&b), rows[_i].src);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *rust_panics_suite(void)
{
	Suite *s = suite_create("rust_panics");
	TCase *tc = tcase_create("panics");

	add_rows(tc, a_panic_is_told_by_its_shape, rows);
	suite_add_tcase(s, tc);
	return s;
}
