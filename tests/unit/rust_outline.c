#include "rust/outline.h"

#include "base/buf.h"
#include "rust_invariants.h"
#include "test.h"

static const struct {
	unsigned flag;
	const char *word;
} words[] = {
	{ ITEM_ASYNC, "async" },       { ITEM_UNSAFE, "unsafe" },
	{ ITEM_CONST_FN, "const" },    { ITEM_EXTERN, "extern" },
	{ ITEM_DEFAULT, "default" },   { ITEM_SAFE, "safe" },
	{ ITEM_GEN, "gen" },	       { ITEM_AUTO, "auto" },
	{ ITEM_MUT, "mut" },	       { ITEM_NEGATIVE, "negative" },
	{ ITEM_TEST, "test" },	       { ITEM_CFG_TEST, "cfg" },
	{ ITEM_IGNORED, "ignored" },   { ITEM_HIDDEN, "hidden" },
	{ ITEM_EXPORTED, "exported" }, { ITEM_DEPRECATED, "deprecated" },
	{ ITEM_IN_TEST, "in-test" },   { ITEM_IN_MACRO, "in-macro" },
	{ ITEM_LOCAL, "local" },       { ITEM_CUT, "cut" },
};

static const char *const vis[] = { "", " pub", " crate", " in" };

static unsigned depth_of(const struct outline *o, uint32_t i)
{
	unsigned n = 0;

	for (i = o->item[i].parent; i != OUTLINE_NONE; i = o->item[i].parent)
		n++;
	return n;
}

/* `kind name words` an item, a dot in front for each ancestor. */
static const char *items_of(const struct outline *o, struct buf *out)
{
	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		buf_adds(out, i ? "; " : "");
		for (unsigned n = depth_of(o, i); n; n--)
			buf_addc(out, '.');
		buf_addf(out, "%s %.*s%s", outline_kind_name(it->kind),
			 SPAN_ARG(it->name), vis[it->vis]);
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (it->flags & words[k].flag)
				buf_addf(out, " %s", words[k].word);
	}
	return buf_cstr(out);
}

static const struct {
	const char *src, *items;
} files[] = {
	{ "", "" },
	{ "fn a() {} fn b();", "fn a; fn b" },
	{ "pub(crate) async unsafe extern \"C\" fn r#fn() {}",
	  "fn fn crate async unsafe extern" },
	{ "pub const fn a() {} pub(super) extern fn b() {} pub(in c) fn d() {}",
	  "fn a pub const; fn b in extern; fn d in" },
	{ "default fn a() {} gen fn b() {} async gen fn c() {}",
	  "fn a default; fn b gen; fn c async gen" },
	{ "struct A; struct B(u8); pub struct C<T> where T: D { e: F }",
	  "struct A; struct B; struct C pub" },
	{ "struct A(pub (u8, u8)); enum B {} enum C<D> { E(fn(u8)) } "
	  "union F { g: u8 }",
	  "struct A; enum B; enum C; union F" },
	{ "unsafe trait A: B { type C: D; const E: u8; fn f(); } "
	  "pub auto trait G {} trait H = I + J;",
	  "trait A unsafe; .type C; .const E; .fn f; trait G pub auto; "
	  "trait H" },
	{ "impl A { fn b() {} } impl<T> C<T> for D<T> where T: E { type F = "
	  "G; }",
	  "impl A; .fn b; impl D; .type F" },
	{ "mod a; pub mod b { fn c() {} mod d {} } unsafe mod e {}",
	  "mod a; mod b pub; .fn c; .mod d; mod e unsafe" },
	{ "use a::{b, c as d}; pub use e::*; use ::f; use $crate::g;",
	  "use a::{b, c as d}; use e::* pub; use ::f; use $crate::g" },
	{ "const A: [u8; { 3 }] = [0; 3]; const _: () = (); static B: u8 = 0; "
	  "static mut C: D = D {};",
	  "const A; const _; static B; static C mut" },
	{ "const A: fn(u8) -> fn() = b; const C: u8 = if let D = E { 1 } "
	  "else { 2 };",
	  "const A; const C" },
	{ "type A<T> = B<T>; type C<const N: usize> = [u8; N];",
	  "type A; type C" },
	{ "extern crate a; pub extern crate b as c; extern \"C\" { fn d(); "
	  "static e: u8; type f; } unsafe extern { safe fn g(); }",
	  "extern_crate a; extern_crate b pub; extern_block ; .fn d; "
	  ".static e; .type f; extern_block  unsafe; .fn g safe" },
	{ "macro_rules! a { () => { fn b() {} } } macro_rules! c(() => {}); "
	  "pub macro d($e:f) { fn g() {} } macro h { () => {} } fn i() {}",
	  "macro a; macro c; macro d pub; macro h; fn i" },
	/* in bodies */
	{ "fn a() { fn b() { struct C; } use d; const E: u8 = 1; let f = "
	  "const { 2 }; }",
	  "fn a; .fn b local; ..struct C local; .use d local; "
	  ".const E local" },
	{ "fn a() { if b { fn c() {} } impl D { fn e() {} } }",
	  "fn a; .fn c local; .impl D local; ..fn e local" },
	{ "const A: () = { fn b() {} static C: u8 = { fn d() {} 1 }; };",
	  "const A; .fn b local; .static C local; ..fn d local" },
	{ "fn a() { #![allow(b)] fn c() {} }", "fn a; .fn c local" },
	{ "fn a() { #[b] fn c() {} #[d] e(); match f { G => 1, } const "
	  "fn h() {} }",
	  "fn a; .fn c local; .fn h const local" },
	/* what only looks like items */
	{ "fn a(b: fn(u8), c: impl D, e: &dyn Fn()) -> impl F { "
	  "let f: fn(u8) = g; union = 1; h(|| 1) }",
	  "fn a" },
	{ "fn a() { unsafe { b } async { c } async move { d } extern_e(); "
	  "static || 1; x as *const u8; }",
	  "fn a" },
	{ "fn a() -> B<{ N + 1 }> {} fn c<const N: usize = { 3 }>() {} "
	  "impl A<{ 1 }> for B<1> {}",
	  "fn a; fn c; impl B" },
	{ "fn a<T>() where T: Fn(u8) -> B, C<D, { 1 }>: E, { fn f() {} }",
	  "fn a; .fn f local" },
	{ "struct A { r#type: u8, union: u8, default: u8 } fn b() {}",
	  "struct A; fn b" },
	{ "fn a() { let s = \"fn b() {}\"; /* fn c() {} */ }", "fn a" },
	/* in macro arguments */
	{ "m! { fn a() { struct B; } } m!(fn c() {}); m![fn d();]",
	  "call m; .fn a in-macro; ..struct B in-macro local; call m; "
	  ".fn c in-macro; call m; .fn d in-macro" },
	{ "a::b::m! { pub mod c { impl D { fn e() {} } } }",
	  "call a::b::m; .mod c pub in-macro; ..impl D in-macro; "
	  "...fn e in-macro" },
	{ "fn a() { quote! { #vis fn b() {} #(#c)* pub fn #d() {} } }",
	  "fn a; .fn b in-macro local" },
	{ "lazy_static! { static ref A: B = c(); static ref D: E = f!(); }",
	  "call lazy_static; .static A in-macro; .static D in-macro" },
	{ "bitflags! { struct A: u32 { const B = 1; } }",
	  "call bitflags; .struct A in-macro" },
	{ "m! { pub fn a() -> b, pub fn c() } m! { const A: u8 }",
	  "call m; .fn a pub in-macro; .fn c pub in-macro; call m; "
	  ".const A in-macro" },
	{ "cfg_if! { if #[cfg(a)] { fn b() {} } else { mod c; } }",
	  "call cfg_if; .fn b in-macro; .mod c in-macro" },
	{ "impl A { m! { b } fn c() {} } x ! { d }",
	  "impl A; .call m; .fn c; call x" },
	{ "m! { n! { fn a() {} } }", "call m; .call n in-macro; "
				     "..fn a in-macro" },
	/* attributes */
	{ "#[test] fn a() {} #[tokio::test(b = \"c\")] async fn d() {} "
	  "#[bench] fn e() {}",
	  "fn a test in-test; fn d async test in-test; fn e test in-test" },
	{ "#[cfg(test)] mod a { fn b() {} m! { fn c() {} } }",
	  "mod a cfg in-test; .fn b in-test; .call m in-test; "
	  "..fn c in-test in-macro" },
	{ "#[cfg(all(unix, test))] mod a; #[cfg(any(test, b))] mod c; "
	  "#[cfg(not(test))] mod d; #[cfg(any(test, all(test, e)))] mod f;",
	  "mod a cfg in-test; mod c; mod d; mod f cfg in-test" },
	{ "#[cfg(feature = \"test\")] mod a; #[cfg_attr(test, b)] mod c; "
	  "#[cfg(not(not(test)))] mod d; #[cfg(test = \"e\")] mod f;",
	  "mod a; mod c; mod d; mod f" },
	{ "#[cfg(any(test, feature = \"pg_test\"))] mod a; "
	  "#[cfg(any(test, feature = \"b\"))] mod c; "
	  "#[cfg(all(d, feature = \"test-util\"))] mod e;",
	  "mod a cfg in-test; mod c; mod e" },
	{ "#[ignore] #[test] fn a() {} #[doc(hidden)] pub fn b() {} "
	  "#[unsafe(no_mangle)] fn c() {} #[deprecated(note = \"d\")] fn e() "
	  "{} #[macro_export] macro_rules! f { () => {} }",
	  "fn a test ignored in-test; fn b pub hidden; fn c exported; "
	  "fn e deprecated; macro f exported" },
	{ "#![cfg(test)] fn a() {}", "fn a in-test" },
	{ "mod a { #![cfg(test)] fn b() {} } fn c() {}",
	  "mod a cfg in-test; .fn b in-test; fn c" },
};

START_TEST(items_are_what_a_reader_sees)
{
	struct reading r = { 0 };
	struct buf out = { 0 };

	reading_run(&r, span_of(files[_i].src));
	ck_assert_str_eq(items_of(&r.outline, &out), files[_i].items);
	ck_assert_uint_eq(r.lx.errors, 0);
	ck_assert_uint_eq(r.tree.flags, 0);
	buf_release(&out);
	arena_release(&r.arena);
}
END_TEST

START_TEST(items_nest_wherever_the_input_is_cut)
{
	ck_assert_pstr_eq(reading_broken_cut(span_of(files[_i].src)), NULL);
}
END_TEST

#define HEAD "mod m {\n    fn a() {\n        if x {\n            y();\n"
#define TAIL                                                                  \
	"    fn b() {\n        z(\"w\");\n    }\n}\nimpl C {\n    fn d() {\n" \
	"    }\n}\nfn e() {\n}\n"
#define WHOLE "mod m; .fn a; .fn b; impl C; .fn d; fn e"

/* Damage costs what it is in, not the file. */
static const struct {
	const char *src, *items;
} damage[] = {
	{ HEAD "        }\n    }\n" TAIL, WHOLE },
	/* a brace missing, inside and at the end of an item */
	{ HEAD "    }\n" TAIL, WHOLE },
	{ HEAD "        }\n" TAIL,
	  "mod m; .fn a cut; .fn b; impl C; .fn d; fn e" },
	/* a brace too many */
	{ HEAD "        }\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        }\n    }\n            }\n" TAIL, WHOLE },
	/* a parenthesis, a bracket */
	{ HEAD "        z(;\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        z);\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        z[(1;\n        }\n    }\n" TAIL, WHOLE },
	/* a stray quote, of each kind */
	{ HEAD "        z(\"w);\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        z('w);\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        z(');\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        z(r#\"w\");\n        }\n    }\n" TAIL, WHOLE },
	{ HEAD "        /* w\n        }\n    }\n" TAIL, WHOLE },
	/* half of a merge */
	{ HEAD "<<<<<<< HEAD\n        }\n=======\n            w();\n"
	       "        }\n>>>>>>> fn/struct\n    }\n" TAIL,
	  WHOLE },
	{ "fn a() {\n<<<<<<< HEAD\n    b(\n=======\n    c(d,\n>>>>>>> x\n    "
	  ")\n}\nfn e() {\n}\n",
	  "fn a; fn e" },
	/* cut short */
	{ "mod m {\n    fn a() {\n        b(", "mod m cut; .fn a cut" },
	{ "impl A for B {\n    fn c(&self", "impl B cut; .fn c cut" },
	{ "use a::b\nfn c() {}\nconst D: u8 = 1\nfn e() {}",
	  "use a::b cut; fn c; const D cut; fn e" },
	{ "use a::{b\nc::d! {\n    fn e() {}\n}\n",
	  "use a:: cut; call c::d; .fn e in-macro" },
	{ "const A: u8 = 1\n#[test]\nfn b() {}",
	  "const A cut; fn b test in-test" },
	{ "mod a { macro b(= c } fn d() {}", "mod a; .macro b cut; fn d" },
	{ "struct A\nfn b() {}\ntype C\nenum D {}", "fn b; enum D" },
	{ "fn a(b: u8 {\n    c();\n}\nfn d() {\n}\n", "fn a; fn d" },
	{ "fn a(b: u8\nfn c() {\n}\n", "fn a cut; fn c" },
};

START_TEST(damage_leaves_the_other_items)
{
	struct reading r = { 0 };
	struct buf out = { 0 };

	reading_run(&r, span_of(damage[_i].src));
	ck_assert_str_eq(items_of(&r.outline, &out), damage[_i].items);
	ck_assert_pstr_eq(reading_broken_cut(span_of(damage[_i].src)), NULL);
	buf_release(&out);
	arena_release(&r.arena);
}
END_TEST

static const struct {
	const char *src, *trait, *type, *name;
	bool negative;
} impls[] = {
	{ "impl A {}", "", "A", "A", false },
	{ "impl<T: B> A<T> where T: C {}", "", "A<T>", "A", false },
	{ "impl<'a, T> b::C<'a> for &'a mut d::E<T> {}", "b::C<'a>",
	  "&'a mut d::E<T>", "E", false },
	{ "impl<T> !Send for A<T> {}", "Send", "A<T>", "A", true },
	{ "impl const A for B {}", "A", "B", "B", false },
	{ "impl A for [B] {}", "A", "[B]", "", false },
	{ "impl A for for<'a> fn(&'a B) -> C {}", "A", "for<'a> fn(&'a B) -> C",
	  "C", false },
	{ "impl A for Box<dyn B + Send> {}", "A", "Box<dyn B + Send>", "Box",
	  false },
	{ "impl A for dyn B + Send {}", "A", "dyn B + Send", "B", false },
	{ "impl <A as B>::C {}", "", "<A as B>::C", "C", false },
	{ "impl<T> A for <T as B>::C {}", "A", "<T as B>::C", "C", false },
	{ "impl<const N: usize> A<{ N + 1 }> for [u8; N] {}", "A<{ N + 1 }>",
	  "[u8; N]", "", false },
	{ "impl<F> A<F> for B where F: for<'a> Fn(&'a u8) -> bool {}", "A<F>",
	  "B", "B", false },
};

START_TEST(an_impl_says_what_it_is_for)
{
	struct reading r = { 0 };
	const struct item *it;

	reading_run(&r, span_of(impls[_i].src));
	ck_assert_uint_eq(r.outline.count, 1);
	it = r.outline.item;
	ck_assert(span_eqs(it->trait_path, impls[_i].trait));
	ck_assert(span_eqs(it->self_type, impls[_i].type));
	ck_assert(span_eqs(it->name, impls[_i].name));
	ck_assert_int_eq((it->flags & ITEM_NEGATIVE) != 0, impls[_i].negative);
	arena_release(&r.arena);
}
END_TEST

#define PLACES                                                           \
	"// file\n\n/// doc\n#[a]\n/** b */\n#[c(\n d)]\npub fn e<T>(\n" \
	" f: T,\n) -> T\nwhere\n T: G,\n{\n f\n} // end\n\nimpl H {\n\n" \
	" fn i() {} fn j() {}\n}\n"

START_TEST(an_item_has_its_lines_and_texts)
{
	struct reading r = { 0 };
	const struct item *it;

	reading_run(&r, SPAN(PLACES));
	it = r.outline.item;
	ck_assert_uint_eq(r.outline.count, 4);
	ck_assert_uint_eq(it->lead_line, 3);
	ck_assert_uint_eq(outline_doc_lines(&r.outline, 0), 2);
	ck_assert_uint_eq(it->line, 8);
	ck_assert_uint_eq(it->last_line, 15);
	ck_assert(span_eqs(outline_header(&r.outline, 0),
			   "pub fn e<T>(\n f: T,\n) -> T\nwhere\n T: G,"));
	ck_assert(span_eqs(outline_body(&r.outline, 0), "{\n f\n}"));
	ck_assert(span_starts(outline_whole(&r.outline, 0), "/// doc\n#[a]"));
	ck_assert(span_ends(outline_whole(&r.outline, 0), " f\n}"));
	arena_release(&r.arena);
}
END_TEST

static const struct {
	uint32_t line, item;
} lines[] = {
	{ 1, OUTLINE_NONE },
	{ 2, OUTLINE_NONE },
	{ 3, 0 },
	{ 8, 0 },
	{ 14, 0 },
	{ 15, 0 },
	{ 16, OUTLINE_NONE },
	{ 17, 1 },
	{ 18, 1 },
	{ 19, 3 },
	{ 20, 1 },
	{ 21, OUTLINE_NONE },
};

START_TEST(a_line_leads_to_the_innermost_item)
{
	struct reading r = { 0 };

	reading_run(&r, SPAN(PLACES));
	ck_assert_uint_eq(outline_at_line(&r.outline, lines[_i].line),
			  lines[_i].item);
	arena_release(&r.arena);
}
END_TEST

START_TEST(a_byte_leads_to_the_innermost_item)
{
	static const char *const marks[] = { "file", "doc", "b */", "f: T",
					     "end",  "H",   "i()",  "j()" };
	static const uint32_t items[] = { OUTLINE_NONE, 0, 0, 0,
					  OUTLINE_NONE, 1, 2, 3 };
	struct reading r = { 0 };

	reading_run(&r, SPAN(PLACES));
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		ptrdiff_t at = span_find(r.lx.src, span_of(marks[i]));

		ck_assert_int_ge(at, 0);
		ck_assert_uint_eq(outline_at(&r.outline, (uint32_t)at),
				  items[i]);
	}
	arena_release(&r.arena);
}
END_TEST

START_TEST(modules_in_other_files_are_listed)
{
	static const struct {
		const char *name, *path;
		bool test;
	} want[] = {
		{ "a", "", false },
		{ "b", "", true },
		{ "c", "x/y.rs", false },
		{ "e", "", true },
	};
	struct reading r = { 0 };

	reading_run(&r, SPAN("mod a; #[cfg(test)] mod b; #[path = "
			     "r#\"x/y.rs\"#] pub mod c;\n#[cfg(test)] mod d "
			     "{ mod e; } mod f {}"));
	ck_assert_uint_eq(r.outline.file_mods, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct outline_file_mod *m = &r.outline.file_mod[i];

		ck_assert(span_eqs(r.outline.item[m->item].name, want[i].name));
		ck_assert(span_eqs(m->path, want[i].path));
		ck_assert_int_eq(m->test, want[i].test);
	}
	arena_release(&r.arena);
}
END_TEST

/* The item Y, and whose it is. */
static const struct {
	const char *src, *owner;
} owners[] = {
	{ "impl A { fn Y() {} }", "A" },
	{ "trait T { fn Y(); }", "T" },
	{ "impl<T> B for A<T> { const Y: u8 = 1; }", "A" },
	{ "impl A { cfg! { fn Y() {} } }", "A" },
	{ "m! { impl A { m! { fn Y() {} } } }", "A" },
	{ "fn Y() {}", "" },
	{ "mod a { fn Y() {} }", "" },
	{ "impl A { mod a { fn Y() {} } }", "" },
	{ "impl A { fn f() { fn Y() {} } }", "" },
	{ "m! { fn Y() {} }", "" },
};

START_TEST(an_item_is_one_of_its_impl_or_trait)
{
	struct reading r = { 0 };
	struct span owner = { 0 };
	uint32_t i = 0, up;

	reading_run(&r, span_of(owners[_i].src));
	while (!span_eqs(r.outline.item[i].name, "Y"))
		ck_assert_uint_lt(++i, r.outline.count);
	up = outline_owner(&r.outline, i);
	if (up != OUTLINE_NONE)
		owner = r.outline.item[up].name;
	ck_assert_msg(span_eqs(owner, owners[_i].owner), "%s", owners[_i].src);
	arena_release(&r.arena);
}
END_TEST

Suite *rust_outline_suite(void)
{
	Suite *s = suite_create("rust_outline");
	TCase *tc = tcase_create("outline");

	add_rows(tc, items_are_what_a_reader_sees, files);
	add_rows(tc, items_nest_wherever_the_input_is_cut, files);
	add_rows(tc, damage_leaves_the_other_items, damage);
	add_rows(tc, an_item_is_one_of_its_impl_or_trait, owners);
	add_rows(tc, an_impl_says_what_it_is_for, impls);
	tcase_add_test(tc, an_item_has_its_lines_and_texts);
	add_rows(tc, a_line_leads_to_the_innermost_item, lines);
	tcase_add_test(tc, a_byte_leads_to_the_innermost_item);
	tcase_add_test(tc, modules_in_other_files_are_listed);
	suite_add_tcase(s, tc);
	return s;
}
