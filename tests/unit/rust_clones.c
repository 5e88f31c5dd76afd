/* Which clones are of an Arc or a String that has a name. */
#include "rust/clones.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static const struct {
	const char *src;
	const char *clones; /* "Arc a:2, String b:3" */
} rows[] = {
	{ "fn f(a: Arc<B>) {\n a.clone();\n}", "Arc a:2" },
	{ "fn f(a: &std::sync::Arc<B>) {\n a.clone();\n}", "Arc a:2" },
	{ "fn f(b: u8, mut a: String) {\n a.clone();\n}", "String a:2" },
	{ "fn f(a: &'static String) {\n a.clone();\n}", "String a:2" },
	{ "fn f() {\n let a: Arc<B> = c();\n a.clone();\n}", "Arc a:3" },
	{ "fn f() {\n let a = Arc::new(b);\n a.clone();\n}", "Arc a:3" },
	{ "fn f() {\n let mut a = String::from(b);\n a.clone();\n}",
	  "String a:3" },
	{ "fn f() {\n let a = format!(\"b\");\n a.clone();\n}", "String a:3" },
	{ "fn f() {\n let c = Arc::clone(&a);\n c.clone();\n}",
	  "Arc a:2, Arc c:3" },
	{ "fn f() {\n Arc::clone(&self.a);\n String::clone(&b);\n}",
	  "Arc self.a:2, String b:3" },
	{ "struct A { b: Arc<C>, d: String, e: u8 }\nimpl A { fn f(&self) {\n"
	  " self.b.clone();\n self.d.clone();\n self.e.clone();\n} }",
	  "Arc self.b:3, String self.d:4" },
	{ "struct A { pub(crate) b: std::sync::Arc<C> }\nimpl D for A {\n"
	  " fn f(&self) { g(self.b.clone()) }\n}",
	  "Arc self.b:3" },
	{ "fn f(a: Arc<B>) {\n let a = 1;\n a.clone();\n}", "" },
	{ "fn f(a: Arc<B>) {\n for a in b { a.clone(); }\n}", "" },
	{ "fn f(a: Arc<B>) {\n g(|a| a.clone());\n}", "" },
	{ "fn f(a: Arc<B>) {\n if let Some(a) = b { a.clone(); }\n}", "" },
	{ "fn f(a: Option<Arc<B>>) { a.clone(); }", "" },
	{ "fn f(a: Vec<String>) { a.clone(); a[0].clone(); }", "" },
	{ "fn f() { a.clone(); self.a.clone(); b().clone(); }", "" },
	{ "fn f() { let a = Arc::new(b).c(); a.clone(); }", "" },
	{ "fn f(a: Arc<B>) { a.b.clone(); a.clone_all(); a.clone(1); }", "" },
	{ "fn f(a: u8) { g(A { b: 1, a: String }); a.clone(); }", "" },
	{ "fn f() { Rc::clone(&a); Arc::clone(a); Arc::clone(&a.b()); }", "" },
	{ "fn f(a: Arc<B>) {}\nfn g() { a.clone(); }", "" },
	{ "#[test]\nfn f(a: Arc<B>) { a.clone(); }", "" },
	{ "macro_rules! m { () => { fn f(a: Arc<B>) { a.clone() } } }", "" },
	{ "// a.clone()\nfn f(a: Arc<B>) { \"a.clone()\" }", "" },
};

START_TEST(clones_of_what_is_visibly_an_arc_or_a_string_are_found)
{
	struct arena a = { 0 };
	struct clones c = { 0 };
	struct source s;
	struct buf b = { 0 };

	source_read(&s, &a, SPAN("src/lib.rs"), span_of(rows[_i].src));
	clones_find(&c, &a, &s);
	vec_each (const struct clone_row, row, &c.rows)
		buf_addf(&b, "%s%s %.*s:%u", b.len ? ", " : "",
			 clone_of_name(row->of), SPAN_ARG(row->name),
			 s.lx.tok[row->token].line);
	ck_assert_msg(span_eqs(buf_span(&b), rows[_i].clones),
		      "'%s', not '%s' in\n%s", buf_cstr(&b), rows[_i].clones,
		      rows[_i].src);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *rust_clones_suite(void)
{
	Suite *s = suite_create("rust_clones");
	TCase *tc = tcase_create("clones");

	add_rows(tc, clones_of_what_is_visibly_an_arc_or_a_string_are_found,
		 rows);
	suite_add_tcase(s, tc);
	return s;
}
