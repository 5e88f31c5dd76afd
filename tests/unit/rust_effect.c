/* Calls that share time and memory; members of types. */
#include "rust/effect.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/member.h"
#include "test.h"

static const char *const kinds[EFFECT_KINDS] = {
	"none",	  "spawn", "join",  "channel", "new-lock", "lock",
	"atomic", "order", "timer", "alloc",   "copy",	   "collect",
};

static const struct {
	const char *src, *want;
} effects[] = {
	{ "fn f() { tokio::spawn(a) }", "spawn tokio::spawn" },
	{ "fn f() { thread::spawn(|| a) }", "spawn thread::spawn" },
	{ "fn f() { set.spawn(a); spawn(b) }", "spawn .spawn, spawn spawn" },
	{ "fn f() { rt.block_on(a) }", "spawn .block_on" },
	{ "fn f() { JoinSet::new() }", "spawn JoinSet::new" },
	{ "fn f() { Command::new(a).spawn() }", "" },
	{ "fn spawn(a: B) {}", "" },
	{ "fn f() { select! { a => b } }", "join select!" },
	{ "fn f() { tokio::try_join!(a, b) }", "join tokio::try_join!" },
	{ "fn f() { mpsc::channel::<u8>(1) }", "channel mpsc::channel" },
	{ "fn f() { unbounded_channel() }", "channel unbounded_channel" },
	{ "fn f() { flume::bounded(1); bounded(1) }",
	  "channel flume::bounded" },
	{ "fn f() { Mutex::new(a); RwLock::<u8>::new(b) }",
	  "new-lock Mutex::new, new-lock RwLock::<u8>::new" },
	{ "fn f() { a.lock().unwrap() }", "lock .lock()" },
	{ "fn f() { a.read(); a.read(&mut b) }", "lock .read()" },
	{ "fn f() { n.notify_one() }", "lock .notify_one()" },
	{ "fn f() { a.fetch_add(1, Ordering::SeqCst) }",
	  "atomic .fetch_add, order Ordering::SeqCst" },
	{ "fn f() { a.load(Acquire) }", "order Acquire" },
	{ "fn f() { fence(Release) }", "atomic fence, order Release" },
	{ "fn f() { tokio::time::sleep(a); timeout(b, c) }",
	  "timer tokio::time::sleep, timer timeout" },
	{ "fn f() { client.timeout(a) }", "" },
	{ "fn f() { vec![1]; vec![]; format!(\"a\") }",
	  "alloc vec!, alloc format!" },
	{ "fn f() { Box::new(a); Box::pin(b); Other::new(c) }",
	  "alloc Box::new, alloc Box::pin" },
	{ "fn f() { Vec::with_capacity(1) }", "alloc Vec::with_capacity" },
	{ "fn f() { a.to_string(); a.to_string }", "alloc .to_string()" },
	{ "fn f() { a.clone(); Arc::clone(&b); T::clone(&c) }",
	  "copy .clone(), copy Arc::clone" },
	{ "fn f() { a.collect::<Vec<_>>() }", "collect .collect::<Vec<_>>()" },
	{ "fn f() { for a in b { c.clone() } }", "copy .clone() in a loop" },
	{ "fn f() { loop { tokio::spawn(a) } }",
	  "spawn tokio::spawn in a loop" },
	{ "macro_rules! m { () => { tokio::spawn(a) } }", "" },
	{ "// tokio::spawn(a)\nfn f() { \".clone()\" }", "" },
	{ "fn f() { a.clone( }", "" },
	{ ":: :: < >::new( spawn", "" },
};

START_TEST(effects_are_told_by_name_and_form)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct effects e;
	struct source s;

	source_read(&s, &a, SPAN("a.rs"), span_of(effects[_i].src));
	effects_find(&e, &a, &s, 0, s.lx.count);
	vec_each (const struct effect, one, &e.rows) {
		buf_addf(&got, "%s%s ", got.len ? ", " : "", kinds[one->kind]);
		buf_addsp(&got, lexer_range(&s.lx, one->from, one->to - 1));
		buf_adds(&got, one->in_loop ? " in a loop" : "");
		ck_assert(effect_same(&s, one, &s, one));
	}
	ck_assert_msg(!strcmp(buf_cstr(&got), effects[_i].want),
		      "'%s', not '%s' in %s", buf_cstr(&got), effects[_i].want,
		      effects[_i].src);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *src, *want;
} members[] = {
	{ "struct A;", "" },
	{ "struct A(u8, u16);", "" },
	{ "struct A {}", "" },
	{ "struct A { b: u8 }", "b(u8)" },
	{ "struct A { pub b: u8, pub(crate) c: D<E, F>, }",
	  "b(u8) c(D<E, F>)" },
	{ "struct A { #[a(b, c)] /// d\n e: fn(f, g) -> h, i: j }",
	  "e(fn(f, g) -> h) i(j)" },
	{ "enum A { B, C(D, E), F { g: h }, I = 3 }",
	  "B() C((D, E)) F({ g: h }) I(= 3)" },
	{ "enum A { #[default] B, r#type }", "B() type()" },
	{ "union A { b: u8 }", "b(u8)" },
	{ "trait A { fn b(); }", "" },
	{ "enum A { B, C", "B() C()" },
	{ "struct A { b: C<D, e: f }", "b(C<D, e: f)" },
};

START_TEST(members_are_read_from_the_tokens)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct members m;
	struct source s;

	source_read(&s, &a, SPAN("a.rs"), span_of(members[_i].src));
	ck_assert_uint_ge(s.outline.count, 1);
	item_members_find(&m, &a, &s, &s.outline.item[0]);
	vec_each (const struct member, one, &m.rows) {
		buf_addf(&got, "%s%.*s(", got.len ? " " : "",
			 SPAN_ARG(one->name));
		if (one->to > one->from)
			buf_addsp(&got,
				  lexer_range(&s.lx, one->from, one->to - 1));
		buf_addc(&got, ')');
		ck_assert_ptr_eq(item_member_named(&m, one->name), one);
	}
	ck_assert_ptr_null(item_member_named(&m, SPAN("zz")));
	ck_assert_msg(!strcmp(buf_cstr(&got), members[_i].want),
		      "'%s', not '%s'", buf_cstr(&got), members[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

Suite *rust_effect_suite(void)
{
	Suite *s = suite_create("rust_effect");
	TCase *tc = tcase_create("effect");

	add_rows(tc, effects_are_told_by_name_and_form, effects);
	add_rows(tc, members_are_read_from_the_tokens, members);
	suite_add_tcase(s, tc);
	return s;
}
