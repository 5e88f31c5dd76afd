#include "rust/index.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* A small workspace: `== path` begins a file. */
static const char tree[] =
	"== pool/src/lib.rs\n"
	"pub mod conn;\n"
	"mod wait;\n"
	"#[macro_export]\n"
	"macro_rules! deadline {\n"
	"	() => {};\n"
	"}\n"
	"/// What hands out connections.\n"
	"/// And more.\n"
	"#[derive(Debug)]\n"
	"pub struct Pool<M: Manager> {\n"
	"	manager: M,\n"
	"	waiters: wait::Queue,\n"
	"}\n"
	"impl<M: Manager> Pool<M> {\n"
	"	pub fn new(manager: M) -> Self {\n"
	"		deadline!();\n"
	"		Self::with_limit(manager, 1)\n"
	"	}\n"
	"	pub(crate) fn with_limit(manager: M, n: usize) -> Self {\n"
	"		\"with_limit(\"; // with_limit(\n"
	"		todo!()\n"
	"	}\n"
	"	pub fn checkout(&self) {\n"
	"		self.waiters.enlist();\n"
	"	}\n"
	"}\n"
	"#[cfg(test)]\n"
	"mod tests {\n"
	"	use super::*;\n"
	"	fn helper() {}\n"
	"	#[test]\n"
	"	fn it_works() {\n"
	"		Pool::new(1).checkout();\n"
	"		helper();\n"
	"	}\n"
	"}\n"
	"== pool/src/conn.rs\n"
	"pub trait Manager {\n"
	"	type Error;\n"
	"	fn connect(&self) -> Result<(), Self::Error>;\n"
	"	fn recycle(&self) {}\n"
	"}\n"
	"pub const LIMIT: usize = 8;\n"
	"pub enum State {\n"
	"	Idle,\n"
	"}\n"
	"pub fn reset_all() {\n"
	"	fn local() {}\n"
	"	local();\n"
	"}\n"
	"== pool/src/wait.rs\n"
	"pub(crate) struct Queue(u8);\n"
	"impl Queue {\n"
	"	pub(crate) fn new() -> Self {\n"
	"		Queue(0)\n"
	"	}\n"
	"	pub(crate) fn enlist(&self) {}\n"
	"}\n"
	"impl Drop for Queue {\n"
	"	fn drop(&mut self) {}\n"
	"}\n"
	"== pg/src/main.rs\n"
	"use pool::conn::Manager;\n"
	"use pool::Pool;\n"
	"mod conn;\n"
	"struct Pg;\n"
	"impl Manager for Pg {\n"
	"	type Error = ();\n"
	"	fn connect(&self) -> Result<(), ()> {\n"
	"		Ok(())\n"
	"	}\n"
	"}\n"
	"fn main() {\n"
	"	let p = Pool::new(Pg);\n"
	"	p.checkout();\n"
	"	pool::conn::reset_all();\n"
	"	conn::reset_all();\n"
	"}\n"
	"== pg/src/conn.rs\n"
	"impl pool::conn::Manager for &'static str {\n"
	"	type Error = ();\n"
	"	fn connect(&self) -> Result<(), ()> {\n"
	"		Err(())\n"
	"	}\n"
	"	fn recycle(&self) {}\n"
	"}\n"
	"pub fn reset_all() {}\n"
	"== pg/tests/live.rs\n"
	"fn checkout_live() {\n"
	"	let pool = pool::Pool::new(2);\n"
	"	pool.checkout();\n"
	"	pool.checkout::<u8>();\n"
	"}\n";

static const struct index_crate crates[] = {
	{ { "pool", 4 }, { "pool", 4 } },
	{ { "pg", 2 }, { "pg", 2 } },
};

/* Take the next file off *rest. */
static bool next_file(struct span *rest, struct span *path, struct span *text)
{
	ptrdiff_t end;

	if (!rest->len)
		return false;
	*rest = span_from(*rest, 3);
	text_line(rest, path);
	end = span_find(*rest, SPAN("\n== "));
	*text = end < 0 ? *rest : span_first(*rest, (size_t)end + 1);
	*rest = span_from(*rest, text->len);
	return true;
}

static void add_tree(struct index *ix, const char *files)
{
	struct span rest = span_of(files), path, text;
	struct arena scratch = { 0 };

	while (next_file(&rest, &path, &text))
		index_add(ix, &scratch, path, text);
	arena_release(&scratch);
}

/* "path:line kind" of each candidate for each reference of a snippet. */
static void answer(struct buf *out, const char *path, const char *code)
{
	struct arena a = { 0 };
	struct index ix;
	struct source s;
	struct references refs;
	struct index_site site;

	index_init(&ix, &a, crates, 2);
	source_read(&s, &a, span_of(path), span_of(code));
	reference_collect(&refs, &a, &s, NULL, 0);
	index_want_references(&ix, &refs);
	add_tree(&ix, tree);
	site = index_site(&ix, &a, s.path);
	vec_each (struct reference, r, &refs.rows) {
		struct index_answer found;

		index_find(&found, &ix, r, &site);
		buf_addf(out, "%s%.*s", out->len ? "; " : "",
			 SPAN_ARG(r->name));
		for (size_t i = 0; i < found.len; i++)
			buf_addf(out, " %.*s:%u",
				 SPAN_ARG(found.candidate[i]->path),
				 found.candidate[i]->line);
	}
	arena_release(&a);
}

static const struct {
	const char *path, *code, *want, *why;
} lookups[] = {
	{ "pool/src/lib.rs", "fn f() { Pool::new(1) }",
	  "Pool pool/src/lib.rs:10; new pool/src/lib.rs:15",
	  "a common name with its type in front" },
	{ "pool/src/lib.rs", "fn f(x: X) { x.new() }", "X; new",
	  "a common name of an unknown type" },
	{ "pool/src/lib.rs", "fn f(q: &wait::Queue) { q.new() }",
	  "Queue pool/src/wait.rs:1; new pool/src/wait.rs:3",
	  "a parameter's type is the owner" },
	{ "pool/src/conn.rs", "fn f() { p.checkout() }",
	  "checkout pool/src/lib.rs:23", "a method of the same crate" },
	{ "pg/src/main.rs", "fn f() { conn::reset_all() }",
	  "reset_all pg/src/conn.rs:8", "a module below this one" },
	{ "pg/src/main.rs", "fn f() { pool::conn::reset_all() }",
	  "reset_all pool/src/conn.rs:10", "another crate's module" },
	{ "pg/src/main.rs", "use pool::conn; fn f() { conn::reset_all() }",
	  "reset_all pool/src/conn.rs:10", "a module that a use names" },
	{ "pg/src/main.rs", "use pool::Manager; fn f<M: Manager>() {}",
	  "Manager pool/src/conn.rs:1", "re-exported from below" },
	{ "pg/src/main.rs", "use other::Manager; fn f<M: Manager>() {}",
	  "Manager", "a crate that is not of the tree" },
	{ "pg/src/main.rs", "use pool::Queue; fn f(q: Queue) {}", "Queue",
	  "not public" },
	{ "pool/src/x.rs", "use super::Queue as Q; fn f(q: Q) {}",
	  "Queue pool/src/wait.rs:1", "by the name it is defined under" },
	{ "pool/src/x.rs", "fn f() { deadline!() }",
	  "deadline pool/src/lib.rs:4", "a macro" },
	{ "pg/src/x.rs", "fn f() { pool::deadline!() }",
	  "deadline pool/src/lib.rs:4", "an exported macro" },
	{ "pg/src/x.rs", "fn f(m: impl Manager) { m.recycle() }",
	  "Manager pool/src/conn.rs:1; recycle pool/src/conn.rs:4",
	  "the trait's own declaration" },
	{ "pg/src/conn.rs", "fn f(x: u8) { x.connect() }",
	  "connect pg/src/conn.rs:3", "the same file is nearest" },
	{ "pg/src/x.rs", "fn f() -> usize { pool::conn::LIMIT }",
	  "LIMIT pool/src/conn.rs:6", "a constant" },
	{ "pg/src/x.rs", "fn f() { pool::conn::State::Idle; }",
	  "State pool/src/conn.rs:7; Idle", "a variant is no item" },
	{ "pool/src/x.rs", "fn f() { helper(); local(); it_works() }",
	  "helper; local; it_works", "test code and local items" },
	{ "pool/src/lib.rs", "fn f() { helper() }", "helper pool/src/lib.rs:30",
	  "of the same file all the same" },
	{ "pool/src/x.rs", "fn f() { Self::enlist(); enlist() }", "enlist",
	  "a method is not called by its bare name" },
	{ "pool/src/x.rs", "impl Queue { fn f(&self) { self.enlist() } }",
	  "Queue pool/src/wait.rs:1; enlist pool/src/wait.rs:6",
	  "self is the impl's type" },
};

START_TEST(a_reference_is_looked_up_where_it_stands)
{
	struct buf got = { 0 };

	answer(&got, lookups[_i].path, lookups[_i].code);
	ck_assert_msg(!strcmp(buf_cstr(&got), lookups[_i].want),
		      "%s (%s):\n%s, not\n%s", lookups[_i].code,
		      lookups[_i].why, buf_cstr(&got), lookups[_i].want);
	buf_release(&got);
}
END_TEST

static void put_places(struct buf *out, const struct index_place *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		buf_addf(out, " %.*s:%u/%.*s@%u", SPAN_ARG(p[i].path),
			 p[i].line, SPAN_ARG(p[i].item), p[i].distance);
}

static const struct {
	const char *name, *owner;
	enum item_kind kind;
	const char *home, *want;
} counted[] = {
	{ "checkout", "Pool", ITEM_FN, "pool/src/lib.rs",
	  "1+3 in 3, 0 rivals: pg/src/main.rs:13/main@3; test "
	  "pool/src/lib.rs:33/it_works@0 pg/tests/live.rs:3/checkout_live@3 "
	  "pg/tests/live.rs:4/checkout_live@3" },
	{ "with_limit", "Pool", ITEM_FN, "pool/src/lib.rs",
	  "1+0 in 1, 0 rivals: pool/src/lib.rs:17/new@0; test" },
	{ "new", "Pool", ITEM_FN, "pool/src/lib.rs",
	  "1+2 in 3, 1 rivals: pg/src/main.rs:12/main@3; test "
	  "pool/src/lib.rs:33/it_works@0 pg/tests/live.rs:2/checkout_live@3" },
	{ "reset_all", "", ITEM_FN, "pool/src/conn.rs",
	  "2+0 in 1, 1 rivals: pg/src/main.rs:14/main@3 "
	  "pg/src/main.rs:15/main@3; test" },
	{ "Manager", "", ITEM_TRAIT, "pool/src/conn.rs",
	  "4+0 in 3, 0 rivals: pool/src/lib.rs:10/@1 pool/src/lib.rs:14/@1 "
	  "pg/src/conn.rs:1/@3 pg/src/main.rs:5/@3; test" },
	{ "deadline", "", ITEM_MACRO, "pool/src/lib.rs",
	  "1+0 in 1, 0 rivals: pool/src/lib.rs:16/new@0; test" },
	{ "with_limit", "", ITEM_KINDS, "migrations/1.sql",
	  "4+0 in 1, 0 rivals: pool/src/lib.rs:17/@3 pool/src/lib.rs:19/@3 "
	  "pool/src/lib.rs:20/@3 pool/src/lib.rs:20/@3; test" },
	{ "nowhere", "", ITEM_FN, "a.rs", "0+0 in 0, 0 rivals:; test" },
};

START_TEST(uses_are_counted_and_the_nearest_kept)
{
	struct buf got = { 0 };
	struct arena a = { 0 };
	struct index ix;
	struct index_count *c;

	index_init(&ix, &a, crates, 2);
	c = index_count(&ix, span_of(counted[_i].name),
			span_of(counted[_i].owner), counted[_i].kind,
			span_of(counted[_i].home));
	add_tree(&ix, tree);
	buf_addf(&got, "%u+%u in %u, %u rivals:", c->uses, c->tests, c->files,
		 c->rivals);
	put_places(&got, c->place, c->places);
	buf_adds(&got, "; test");
	put_places(&got, c->test, c->test_places);
	ck_assert_str_eq(buf_cstr(&got), counted[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

static void put_lines(struct buf *out, const char *what, struct excerpt e)
{
	if (e.text.len)
		buf_addf(out, "[%s %u]\n%.*s", what, e.line, SPAN_ARG(e.text));
}

static const struct {
	const char *name;
	unsigned want;
	const char *text;
} kept[] = {
	{ "Pool", INDEX_ITEM,
	  "struct pool|||pub 7-13\n"
	  "[doc 7]\n/// What hands out connections.\n"
	  "[header 10]\npub struct Pool<M: Manager> {\n"
	  "[whole 7]\n/// What hands out connections.\n/// And more.\n"
	  "#[derive(Debug)]\npub struct Pool<M: Manager> {\n\tmanager: M,\n"
	  "\twaiters: wait::Queue,\n}\n" },
	{ "with_limit", INDEX_ITEM,
	  "fn pool||Pool|crate 19-22\n"
	  "[header 19]\n\tpub(crate) fn with_limit(manager: M, n: usize) -> "
	  "Self {\n"
	  "[around 14]\nimpl<M: Manager> Pool<M> {\n"
	  "[whole 19]\n\tpub(crate) fn with_limit(manager: M, n: usize) -> "
	  "Self {\n\t\t\"with_limit(\"; // with_limit(\n\t\ttodo!()\n\t}\n" },
	{ "Manager", INDEX_IMPL,
	  "impl pg||Pg| 5-10\n[header 5]\nimpl Manager for Pg {\n"
	  "[whole 5]\nimpl Manager for Pg {\n\ttype Error = ();\n"
	  "\tfn connect(&self) -> Result<(), ()> {\n\t\tOk(())\n\t}\n}\n"
	  "[member 6]\n\ttype Error = ();\n"
	  "[member 7]\n\tfn connect(&self) -> Result<(), ()> {\n"
	  "impl pg|conn|str| 1-7\n"
	  "[header 1]\nimpl pool::conn::Manager for &'static str {\n"
	  "[whole 1]\nimpl pool::conn::Manager for &'static str {\n"
	  "\ttype Error = ();\n\tfn connect(&self) -> Result<(), ()> {\n"
	  "\t\tErr(())\n\t}\n\tfn recycle(&self) {}\n}\n"
	  "[member 2]\n\ttype Error = ();\n"
	  "[member 3]\n\tfn connect(&self) -> Result<(), ()> {\n"
	  "[member 6]\n\tfn recycle(&self) {}\n" },
	{ "helper", INDEX_ITEM,
	  "fn pool|tests|| 30-30 test\n[header 30]\n\tfn helper() {}\n"
	  "[whole 30]\n\tfn helper() {}\n" },
};

START_TEST(what_is_found_is_kept_with_its_lines)
{
	static const char *const vis[] = { "", "pub", "crate", "in" };
	struct buf got = { 0 };
	struct arena a = { 0 };
	struct index ix;
	const struct definition *d;

	index_init(&ix, &a, crates, 2);
	index_want(&ix, span_of(kept[_i].name), kept[_i].want, SPAN(""));
	add_tree(&ix, tree);
	for (d = index_first(&ix, span_of(kept[_i].name)); d; d = d->next) {
		buf_addf(&got, "%s %.*s|%.*s|%.*s|%s %u-%u%s\n",
			 outline_kind_name(d->kind), SPAN_ARG(d->crate),
			 SPAN_ARG(d->module), SPAN_ARG(d->owner), vis[d->vis],
			 d->lead_line, d->last_line, d->test ? " test" : "");
		put_lines(&got, "doc", d->doc);
		put_lines(&got, "header", d->header);
		put_lines(&got, "around", d->around);
		put_lines(&got, "whole", d->whole);
		vec_each (struct excerpt, m, &d->members)
			put_lines(&got, "member", *m);
	}
	ck_assert_str_eq(buf_cstr(&got), kept[_i].text);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

/* What each file is read for: the skim lets the rest go. */
static const struct {
	const char *text;
	bool read;
} skims[] = {
	{ "fn wanted() {}", true },
	{ "fn\n\twanted() {}", true },
	{ "fn r#wanted() {}", true },
	{ "struct wanted;", true },
	{ "union wanted {}", true },
	{ "static mut wanted: u8 = 0;", true },
	{ "macro_rules! wanted {}", true },
	{ "macro_rules ! wanted {}", true },
	{ "impl<T> wanted for T {}", true },
	{ "unsafe impl<T> a::wanted<T> for T {}", true },
	{ "impl\n    wanted\nfor X {}", true },
	{ "wanted();", false },
	{ "let wanted = 1;", false },
	{ "fn wanted_too() {}", false },
	{ "use a::wanted;", false },
	{ "// wanted", false },
	{ "", false },
};

START_TEST(only_files_that_may_define_are_read)
{
	struct arena a = { 0 }, scratch = { 0 };
	struct index ix;

	index_init(&ix, &a, NULL, 0);
	index_want(&ix, SPAN("wanted"), INDEX_ITEM | INDEX_IMPL, SPAN(""));
	index_add(&ix, &scratch, SPAN("a.rs"), span_of(skims[_i].text));
	ck_assert_msg((ix.read > 0) == skims[_i].read, "%s", skims[_i].text);
	ck_assert_uint_eq(ix.files, 1);
	arena_release(&scratch);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *path, *crate, *module;
} sites[] = {
	{ "pool/src/lib.rs", "pool", "" },
	{ "pool/src/a/mod.rs", "pool", "a" },
	{ "pool/src/a/b.rs", "pool", "a::b" },
	{ "pg/src/main.rs", "pg", "" },
	{ "pg/src/bin/x.rs", "pg", "bin::x" },
	{ "pgx/src/a.rs", "", "pgx::src::a" },
	{ "src/a.rs", "", "a" },
	{ "pool/src/mode.rs", "pool", "mode" },
	{ "", "", "" },
};

START_TEST(a_file_has_a_crate_and_a_module)
{
	struct arena a = { 0 };
	struct index_site site;
	struct index ix;

	index_init(&ix, &a, crates, 2);
	site = index_site(&ix, &a, span_of(sites[_i].path));
	ck_assert(span_eqs(site.crate, sites[_i].crate));
	ck_assert_msg(span_eqs(site.module, sites[_i].module), "%.*s",
		      SPAN_ARG(site.module));
	arena_release(&a);
}
END_TEST

START_TEST(many_of_a_name_are_counted_and_few_kept)
{
	struct arena a = { 0 }, scratch = { 0 };
	struct reference r = { .kind = REFERENCE_CALL, .name = SPAN("same") };
	struct buf b = { 0 };
	struct index ix;
	struct index_site site;
	struct index_answer found;

	index_init(&ix, &a, NULL, 0);
	index_want(&ix, SPAN("same"), INDEX_ITEM, SPAN(""));
	for (int i = 0; i < 100; i++)
		buf_adds(&b, "mod m { pub fn same() {} }\n");
	index_add(&ix, &scratch, SPAN("src/a.rs"), buf_span(&b));
	ck_assert_uint_eq(ix.definitions.len, INDEX_KEPT);
	site = index_site(&ix, &a, SPAN("src/b.rs"));
	index_find(&found, &ix, &r, &site);
	ck_assert_uint_eq(found.known, 100);
	ck_assert_uint_eq(found.len, 0);
	buf_release(&b);
	arena_release(&scratch);
	arena_release(&a);
}
END_TEST

Suite *rust_index_suite(void)
{
	Suite *s = suite_create("rust_index");
	TCase *tc = tcase_create("core");

	add_rows(tc, a_reference_is_looked_up_where_it_stands, lookups);
	add_rows(tc, uses_are_counted_and_the_nearest_kept, counted);
	add_rows(tc, what_is_found_is_kept_with_its_lines, kept);
	add_rows(tc, only_files_that_may_define_are_read, skims);
	add_rows(tc, a_file_has_a_crate_and_a_module, sites);
	tcase_add_test(tc, many_of_a_name_are_counted_and_few_kept);
	suite_add_tcase(s, tc);
	return s;
}
