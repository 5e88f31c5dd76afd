/* How long guards live, and how they are ended earlier. */
#include "rust/guard.h"

#include "guard_snippets.h"
#include "span_snippets.h"
#include "rust/rule.h"

#define BODY(text) STD "async fn f(m: &Mutex<Vec<u32>>) {\n" text "}\n"

/* Each guard of a snippet as `name=line:awaits`, a temporary's name `-`. */
static const struct {
	const char *src, *guards;
} lives[] = {
	{ BODY("let g = m.lock().unwrap();\na.await;\n"), "g=3:4" },
	{ BODY("let g = m.lock().unwrap();\na.await;\nb.await;\n"), "g=3:4,5" },
	{ BODY("a.await;\nlet g = m.lock().unwrap();\nb.await;\n"), "g=4:5" },
	{ BODY("let g = m.lock().unwrap();\na.await;\ndrop(g);\nb.await;\n"),
	  "g=3:4" },
	{ BODY("{\nlet g = m.lock().unwrap();\na.await;\n}\nb.await;\n"),
	  "g=4:5" },
	{ BODY("let g = m.lock().unwrap();\nlet h = m.lock().unwrap();\n"
	       "a.await;\ndrop(g);\nb.await;\n"),
	  "g=3:5 h=4:5,7" },
	{ BODY("let g = m.lock().unwrap();\nlet g = m.lock().unwrap();\n"
	       "drop(g);\na.await;\n"),
	  "g=3:6 g=4:" },
	{ BODY("let g = m.lock().unwrap();\nif x {\ndrop(g);\na.await;\n"
	       "} else {\nb.await;\n}\nc.await;\n"),
	  "g=3:8,10" },
	{ BODY("let g = m.lock().unwrap();\nif x {\ndrop(g);\nreturn;\n}\n"
	       "a.await;\n"),
	  "g=3:8" },
	{ BODY("let g = m.lock().unwrap();\nmatch x {\n0 => drop(g),\n"
	       "1 => a.await,\n_ => return,\n}\nb.await;\n"),
	  "g=3:6,9" },
	{ BODY("let g = m.lock().unwrap();\nmatch x {\n0 if y => drop(g),\n"
	       "1 => { drop(g); }\n_ => return,\n}\nb.await;\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\n'a: loop {\nloop {\nif x {\n"
	       "drop(g);\nbreak 'a;\n}\na.await;\n}\n}\nb.await;\n"),
	  "g=3:10" },
	{ BODY("let g = m.lock().unwrap();\nlet t = async { a.await };\n"
	       "drop(g);\nt.await;\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\n"
	       "let t = async move { g.len(); a.await };\nt.await;\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\nlet s = stream! {\n"
	       "yield a.await;\n};\nuse_it(s);\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\nfn inner() { async { a.await }; }"
	       "\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\nlet b = Box::new(g);\na.await;\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\nprintln!(\"{}\", g);\na.await;\n"),
	  "g=3:5" },
	{ BODY("let g = m.lock().unwrap();\nlet s = S { g };\na.await;\n"),
	  "g=3:" },
	{ BODY("let g = m.lock().unwrap();\nlet s = S { g: 1 };\na.await;\n"),
	  "g=3:5" },
	{ BODY("let g = m.lock().unwrap();\nlet _ = g;\na.await;\n"), "g=3:5" },
	{ BODY("let g = m.lock().unwrap();\nx.g = y;\nself.drop(x.g);\n"
	       "a.await;\n"),
	  "g=3:6" },
	{ BODY("a(m.lock().unwrap().len(), b.await).await;\n"), "-=3:3,3" },
	{ BODY("a(b.await, m.lock().unwrap().len());\n"), "-=3:" },
	{ BODY("let x = [m.lock().unwrap().len(), b.await];\n"), "-=3:3" },
	{ BODY("let x = S { n: m.lock().unwrap().len(), b: b.await };\n"),
	  "-=3:3" },
	{ BODY("if m.lock().unwrap().len() > 1 && a.await {\nb.await;\n}\n"),
	  "-=3:" },
	{ BODY("if let Some(x) = m.lock().unwrap().get(0) && *x > 1 {\n"
	       "b.await;\n}\nc.await;\n"),
	  "-=3:4" },
	{ BODY("if x && let Some(x) = m.lock().unwrap().get(0) {\n"
	       "b.await;\n} else {\nc.await;\n}\n"),
	  "-=3:4" },
	{ BODY("let x = match m.lock().unwrap().get(0) {\n_ => a.await,\n}"
	       ".b(c.await);\nd.await;\n"),
	  "-=3:4,5" },
	{ BODY("m.lock().unwrap()[0] = a.await;\n"), "-=3:" },
	{ BODY("let Some(x) = m.lock().unwrap().pop() else {\na.await;\n"
	       "return;\n};\n"),
	  "-=3:" },
	{ BODY("let x = &mut m.lock().unwrap()[..2];\na.await;\n"), "x=3:4" },
	{ BODY("let x = m.lock().unwrap().len();\na.await;\n"), "-=3:" },
	{ BODY("let x = || m.lock().unwrap().len();\na.await;\n"), "-=3:" },
	/* torn code: whatever comes out, it ends */
	{ BODY("let g = m.lock().unwrap();\nif x {\na.await;\n"), "g=3:5" },
	{ BODY("let g = m.lock().unwrap(\na.await;\n"), "" },
	{ BODY("match m.lock() { Ok(g"), "" },
	{ STD "async fn f(g: std::sync::MutexGuard<u32>", "" },
	{ "m.lock().unwrap().x.await", "-=1:1" },
};

START_TEST(a_guard_lives_to_where_it_dies)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct guards all;
	struct source s;

	source_read(&s, &a, SPAN("src/lib.rs"), span_of(lives[_i].src));
	guards_find(&all, &a, &s, ~0u);
	vec_each (struct guard, g, &all.row) {
		bool named = g->name != GUARD_NONE;

		ck_assert_uint_le(g->from, g->end);
		buf_addf(&b, "%s%.*s=%u:", b.len ? " " : "",
			 SPAN_ARG(named ? lexer_text(&s.lx, g->name)
					: SPAN("-")),
			 s.lx.tok[g->call].line);
		for (uint32_t i = 0; i < g->awaits; i++)
			buf_addf(&b, "%s%u", i ? "," : "",
				 s.lx.tok[all.await.ptr[g->await + i]].line);
	}
	ck_assert_msg(!strcmp(buf_cstr(&b), lives[_i].guards),
		      "'%s', not '%s' of\n%s", buf_cstr(&b), lives[_i].guards,
		      lives[_i].src);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

#define HEAD "use std::sync::Mutex;\nasync fn f(&self) {\n"

/* The body behind HEAD, and what the edit makes of it; NULL: no edit. */
static const struct {
	const char *was, *now;
} edits[] = {
	{ "    let mut g = self.m.lock().unwrap();\n"
	  "    g.push(1);\n"
	  "    self.tell().await;\n}\n",
	  "    {\n"
	  "        let mut g = self.m.lock().unwrap();\n"
	  "        g.push(1);\n"
	  "    }\n"
	  "    self.tell().await;\n}\n" },
	{ "\tlet mut g = self.m.lock().unwrap();\n"
	  "\tif g.is_empty() {\n"
	  "\t\tg.push(1); // first\n"
	  "\t} // now it is full\n"
	  "\n"
	  "\t// behind it\n"
	  "\tself.tell().await\n}\n",
	  "\t{\n"
	  "\t\tlet mut g = self.m.lock().unwrap();\n"
	  "\t\tif g.is_empty() {\n"
	  "\t\t\tg.push(1); // first\n"
	  "\t\t} // now it is full\n"
	  "\t}\n"
	  "\n"
	  "\t// behind it\n"
	  "\tself.tell().await\n}\n" },
	{ "    let g = self.m.lock().unwrap();\n"
	  "    let n = g.len();\n"
	  "    send(n).await;\n}\n",
	  "    let g = self.m.lock().unwrap();\n"
	  "    let n = g.len();\n"
	  "    drop(g);\n"
	  "    send(n).await;\n}\n" },
	{ "    let g = self.m.lock().unwrap();\n"
	  "    let url = g.url.clone();\n"
	  "    let n = g.n;\n"
	  "    let x = other();\n"
	  "    if yes() {\n"
	  "        send(url, n, x).await;\n"
	  "    }\n}\n",
	  "    let g = self.m.lock().unwrap();\n"
	  "    let url = g.url.clone();\n"
	  "    let n = g.n;\n"
	  "    drop(g);\n"
	  "    let x = other();\n"
	  "    if yes() {\n"
	  "        send(url, n, x).await;\n"
	  "    }\n}\n" },
	/* used behind the wait, or there */
	{ "    let g = self.m.lock().unwrap();\n    g.x();\n    a().await;\n"
	  "    g.y();\n}\n",
	  NULL },
	{ "    let g = self.m.lock().unwrap();\n    g.x();\n    "
	  "a(&g).await;\n}\n",
	  NULL },
	{ "    let g = self.m.lock().unwrap();\n    g.x();\n    a().await;\n"
	  "    println!(\"{g:?}\");\n}\n",
	  NULL },
	/* never used: held on purpose */
	{ "    let _g = self.m.lock().unwrap();\n    a().await;\n}\n", NULL },
	/* what may borrow from it is used behind */
	{ "    let g = self.m.lock().unwrap();\n    let x = g.get(0);\n"
	  "    a(x).await;\n}\n",
	  NULL },
	{ "    let g = self.m.lock().unwrap();\n    let x = &g.name;\n"
	  "    a(x).await;\n}\n",
	  NULL },
	{ "    let g = self.m.lock().unwrap();\n    let x;\n"
	  "    x = g.get(0);\n    a(x).await;\n}\n",
	  NULL },
	/* dropped on one way already */
	{ "    let g = self.m.lock().unwrap();\n    if g.x() {\n"
	  "        drop(g);\n        return;\n    }\n    a().await;\n}\n",
	  NULL },
	/* in one line, in a pattern, as a temporary, through a string */
	{ "    let g = self.m.lock().unwrap(); g.x(); a().await;\n}\n", NULL },
	{ "    if let Ok(g) = self.m.lock() {\n        g.x();\n"
	  "        a().await;\n    }\n}\n",
	  NULL },
	{ "    a(self.m.lock().unwrap().len()).await;\n}\n", NULL },
	{ "    let g = self.m.lock().unwrap();\n    g.x(\"a\nb\");\n"
	  "    a().await;\n}\n",
	  "    let g = self.m.lock().unwrap();\n    g.x(\"a\nb\");\n"
	  "    drop(g);\n    a().await;\n}\n" },
};

static void apply(struct buf *b, struct span src, const struct rule_place *p)
{
	uint32_t at = 0;

	vec_each (struct rule_edit, e, &p->edits) {
		ck_assert_uint_ge(e->from, at);
		ck_assert_uint_ge(e->to, e->from);
		buf_add(b, src.ptr + at, e->from - at);
		buf_addsp(b, e->text);
		at = e->to;
	}
	buf_addsp(b, span_from(src, at));
}

START_TEST(a_guard_is_ended_where_text_alone_changes)
{
	struct buf src = { 0 }, out = { 0 };
	struct rule_try t;
	const struct rule_place *p = NULL;

	buf_addf(&src, "%s%s", HEAD, edits[_i].was);
	rule_try(&t, NULL, NULL, buf_cstr(&src), LINE_ADDED);
	vec_each (struct rule_group, g, &t.report.groups)
		if (g->rule == &rule_lock_across_await)
			p = &g->places.ptr[0];
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(p->edits.len > 0, edits[_i].now != NULL);
	apply(&out, buf_span(&src), p);
	if (edits[_i].now)
		ck_assert_str_eq(buf_cstr(&out) + strlen(HEAD), edits[_i].now);
	rule_try_end(&t);
	/* what was edited is no finding any more */
	rule_try(&t, NULL, NULL, buf_cstr(&out), LINE_ADDED);
	if (edits[_i].now)
		ck_assert_str_eq(rule_lines(&t, &rule_lock_across_await), "");
	ck_assert_uint_eq(t.now.tree.flags, 0);
	rule_try_end(&t);
	buf_release(&src);
	buf_release(&out);
}
END_TEST

/* What another file has; a fn of this one; is a guard alive at its await? */
#define CACHE "use std::sync::{Mutex, MutexGuard}; pub struct Cache; "
#define GIVES CACHE "impl Cache { fn lock(&self) -> MutexGuard<'_, u8> { x } }"
#define USES "use crate::cache::Cache; "
#define AWAITS " b.await; drop(g); }"

static const struct {
	const char *other, *src;
	bool alive;
} elsewhere[] = {
	{ GIVES, USES "async fn f(c: &Cache) { let g = c.lock();" AWAITS,
	  true },
	{ GIVES, USES "async fn f() { let g = self.c.lock();" AWAITS, true },
	{ GIVES, USES "async fn f() { let g = Cache::lock(&c);" AWAITS, true },
	{ GIVES,
	  USES "use std::sync::Mutex; async fn f() { let g = c.lock();" AWAITS,
	  true },
	{ CACHE "pub fn hold() -> MutexGuard<'static, u8> { x }",
	  "use crate::cache::hold; async fn f() { let g = hold();" AWAITS,
	  true },
	/* nothing says that it is that type's */
	{ GIVES, "async fn f(c: &C) { let g = c.lock();" AWAITS, false },
	{ GIVES,
	  "use crate::other::Cafe; async fn f() { let g = c.lock();" AWAITS,
	  false },
	/* a future of a guard */
	{ GIVES, USES "async fn f() { let g = c.lock().await;" AWAITS, false },
	{ "use tokio::sync::{Mutex, MutexGuard}; pub struct Cache; impl Cache "
	  "{ async fn lock(&self) -> MutexGuard<'_, u8> { x } }",
	  USES "async fn f() { let g = c.lock();" AWAITS, false },
	{ "use tokio::sync::{Mutex, MutexGuard}; pub struct Cache; impl Cache "
	  "{ fn lock(&self) -> MutexGuard<'_, u8> { x } }",
	  USES "async fn f() { let g = c.lock();" AWAITS, false },
	/* another of its fns, and one of this file's own */
	{ GIVES " impl Cache { fn get(&self) -> u8 { 1 } }",
	  USES "async fn f() { let g = c.get();" AWAITS, false },
	{ GIVES,
	  USES "fn lock() -> u8 { 1 } async fn f() { let g = lock();" AWAITS,
	  false },
	/* two types of that fn, one of which gives none */
	{ GIVES " pub struct D; impl D { fn lock(&self) -> u8 { 1 } }",
	  "use crate::cache::{Cache, D}; async fn f() { let g = "
	  "c.lock();" AWAITS,
	  false },
	{ GIVES " pub struct D; impl D { fn lock(&self) -> u8 { 1 } }",
	  USES "async fn f() { let g = c.lock();" AWAITS, true },
	/* ended before, and no await */
	{ GIVES, USES "async fn f() { { let g = c.lock(); } b.await; }",
	  false },
	{ GIVES, USES "async fn f() { let g = c.lock(); drop(g); b.await; }",
	  false },
	{ "", USES "async fn f() { let g = c.lock();" AWAITS, false },
};

START_TEST(a_guard_is_known_that_another_file_gives)
{
	struct arena a = { 0 };
	struct source other, own;
	const struct source *both[] = { &other, &own };
	struct guard_givers givers;
	struct guards all;
	bool alive = false;

	source_read(&other, &a, SPAN("src/cache.rs"),
		    span_of(elsewhere[_i].other));
	source_read(&own, &a, SPAN("src/lib.rs"), span_of(elsewhere[_i].src));
	guard_givers_find(&givers, &a, both, 2);
	own.givers = &givers;
	guards_find(&all, &a, &own, 1u << GUARD_LOCK);
	vec_each (struct guard, g, &all.row)
		alive |= g->awaits > 0;
	ck_assert_msg(alive == elsewhere[_i].alive, "%s", elsewhere[_i].src);
	arena_release(&a);
}
END_TEST

Suite *rust_guard_suite(void)
{
	Suite *s = suite_create("rust_guard");
	TCase *tc = tcase_create("guard");

	add_rows(tc, a_guard_lives_to_where_it_dies, lives);
	add_rows(tc, a_guard_is_ended_where_text_alone_changes, edits);
	add_rows(tc, a_guard_is_known_that_another_file_gives, elsewhere);
	suite_add_tcase(s, tc);
	return s;
}
