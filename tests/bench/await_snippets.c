/*
 * await_snippets DIR - write the snippets of the guard rules' tests, and
 * systematic variations, as modules of a crate: DIR/lib.rs and DIR/sNNNN.rs.
 * Prints a row for each: file, table, how many places the table names.
 *
 * A variation is a shape times a kind of guard: what is held, how it is taken,
 * how far it reaches. None says whether it is one: the oracle does.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "unit/guard_snippets.h"
#include "unit/span_snippets.h"

/* What a shape's words stand for. */
struct taking {
	const char *use, *type, *take; /* $use, $type of `m`, $take */
	const char *open, *some;       /* $open gives $some(guard) */
	bool writes;		       /* the guard can be written through */
};

static const struct taking takings[] = {
	{ "use std::sync::Mutex;", "Mutex", "m.lock().unwrap()", "m.lock()",
	  "Ok", true },
	{ "use std::sync::Mutex;", "Mutex", "m.lock().expect(\"lock\")",
	  "m.try_lock()", "Ok", true },
	{ "use std::sync::Mutex;", "Mutex",
	  "m.lock().unwrap_or_else(|e| e.into_inner())", "m.lock()", "Ok",
	  true },
	{ "use std::sync::RwLock;", "RwLock", "m.read().unwrap()", "m.read()",
	  "Ok", false },
	{ "use std::sync::RwLock;", "RwLock", "m.write().unwrap()", "m.write()",
	  "Ok", true },
	{ "use parking_lot::Mutex;", "Mutex", "m.lock()", "m.try_lock()",
	  "Some", true },
	{ "use parking_lot::RwLock;", "RwLock", "m.read()", "m.try_read()",
	  "Some", false },
	{ "use parking_lot::RwLock;", "RwLock", "m.write()", "m.try_write()",
	  "Some", true },
	{ "use std::cell::RefCell;", "RefCell", "m.borrow()", "m.try_borrow()",
	  "Ok", false },
	{ "use std::cell::RefCell;", "RefCell", "m.borrow_mut()",
	  "m.try_borrow_mut()", "Ok", true },
};

/* Bodies of `async fn f(m: &$type<Vec<u32>>)`; those behind a `!` write. */
static const char *const shapes[] = {
	"let g = $take;\nh().await;\nuse_it(&g);",
	"let g = $take;\nuse_it(&g);\nh().await;",
	"{\nlet g = $take;\nuse_it(&g);\n}\nh().await;",
	"let g = $take;\ndrop(g);\nh().await;",
	"let g = $take;\nstd::mem::drop(g);\nh().await;",
	"let g = $take;\nh().await;\ndrop(g);\nh().await;",
	"let n = $take.len();\ntake(n).await;",
	"let n = $take.first().copied();\ntake(n).await;",
	"let n = take($take.len()).await;\nuse_it(&n);",
	"take($take.clone()).await;",
	"take(take($take.len()).await).await;",
	"use_it(&($take.len(), take(1).await));",
	"use_it(&(take(1).await, $take.len()));",
	"use_it(&[$take.len() as u32, take(1).await]);",
	"let n = $take.len() as u32 + take(1).await;\nuse_it(&n);",
	"let n = take(1).await + $take.len() as u32;\nuse_it(&n);",
	"let n = ($take.len() as u32).max(take(1).await);\nuse_it(&n);",
	"if $take.is_empty() {\nh().await;\n}",
	"if yes() && $take.is_empty() {\nh().await;\n}",
	"if $take.is_empty() && take(1).await == 1 {\nuse_it(&1);\n}",
	"if $take.is_empty() || take(1).await == 1 {\nuse_it(&1);\n}",
	"let b = $take.is_empty() || take(1).await == 1;\nuse_it(&b);",
	"while $take.len() > 2 {\nh().await;\n}",
	"while let Some(n) = $take.first() {\ntake(*n).await;\nbreak;\n}",
	"if let Some(n) = $take.first() {\ntake(*n).await;\n}",
	"if let Some(n) = $take.first().copied() {\ntake(n).await;\n}",
	"let n = $take.first().copied();\nif let Some(n) = n {\n"
	"take(n).await;\n}",
	"match $take.len() {\n0 => h().await,\n_ => {}\n}",
	"match $take.len() {\n0 => use_it(&1),\n_ => use_it(&2),\n}\n"
	"h().await;",
	"let n = match $take.len() {\n0 => 1,\nn => n,\n};\ntake(n).await;",
	"match yes() {\ntrue => take($take.len()).await,\nfalse => 0,\n};",
	"match yes() {\ntrue if $take.is_empty() => h().await,\n_ => {}\n}",
	"for n in $take.iter() {\ntake(*n).await;\n}",
	"for n in $take.clone() {\ntake(n).await;\n}",
	"let v = $take.clone();\nfor n in v {\ntake(n).await;\n}",
	"for n in 0..$take.len() {\ntake(n).await;\n}",
	"let n = { $take.len() };\ntake(n).await;",
	"let n = {\nlet g = $take;\ng.len()\n};\ntake(n).await;",
	"let n = {\nlet g = $take;\ntake(g.len()).await\n};\nuse_it(&n);",
	"let g = &*$take;\nh().await;\nuse_it(&g);",
	"let g = &$take;\nh().await;\nuse_it(&g);",
	"let g = &$take[0..0];\nh().await;\nuse_it(&g);",
	"let _ = $take;\nh().await;",
	"let _g = $take;\nh().await;",
	"$take;\nh().await;",
	"if let $some(g) = $open {\nh().await;\nuse_it(&g);\n};",
	"if let $some(g) = $open {\nuse_it(&g);\nh().await;\n};",
	"if let $some(g) = $open {\nuse_it(&g);\n};\nh().await;",
	"if let $some(g) = $open {\ndrop(g);\nh().await;\n};",
	"let $some(g) = $open else { return };\nh().await;\nuse_it(&g);",
	"let $some(g) = $open else { return };\ndrop(g);\nh().await;",
	"match $open {\n$some(g) => {\nh().await;\nuse_it(&g);\n}\n_ => {}\n};",
	"match $open {\n$some(g) => use_it(&g),\n_ => {}\n};\nh().await;",
	"match $open {\n$some(g) => take(g.len()).await,\n_ => 0,\n};",
	"let n = match $open {\n$some(g) => g.len(),\n_ => 0,\n};\n"
	"take(n).await;",
	"let g = match $open {\n$some(g) => g,\n_ => return,\n};\nh().await;\n"
	"use_it(&g);",
	"let g = $take;\nif yes() {\nreturn;\n}\ndrop(g);\nh().await;",
	"let g = $take;\nif yes() {\ndrop(g);\nh().await;\nreturn;\n}\n"
	"use_it(&g);",
	"let g = $take;\nif yes() {\ndrop(g);\n}\nh().await;",
	"let g = $take;\nif yes() {\ndrop(g);\n} else {\ndrop(g);\n}\n"
	"h().await;",
	"let g = $take;\nif yes() {\ndrop(g);\n} else "
	"{\nreturn;\n}\nh().await;",
	"let g = $take;\nif yes() {\ndrop(g);\n} else if yes() {\nreturn;\n}\n"
	"h().await;",
	"let g = $take;\nif yes() {\nh().await;\n} else {\ndrop(g);\n}",
	"let g = $take;\nif yes() {\ndrop(g);\nh().await;\n} else {\n"
	"use_it(&g);\n}",
	"let g = $take;\nmatch number() {\n0 => drop(g),\n1 => return,\n"
	"_ => drop(g),\n}\nh().await;",
	"let g = $take;\nmatch g.len() {\n0 => drop(g),\n_ => "
	"{}\n}\nh().await;",
	"let g = $take;\nmatch number() {\n0 => {\ndrop(g);\nh().await;\n}\n"
	"_ => use_it(&g),\n}",
	"let g = $take;\nlet Some(n) = maybe() else {\ndrop(g);\n"
	"h().await;\nreturn;\n};\nuse_it(&n);",
	"let g = $take;\n{\ndrop(g);\n}\nh().await;",
	"loop {\nlet g = $take;\nif yes() {\nbreak;\n}\ndrop(g);\n"
	"h().await;\n}",
	"loop {\nlet g = $take;\nif g.is_empty() {\nbreak;\n}\nh().await;\n}",
	"loop {\nlet g = $take;\nif yes() {\ndrop(g);\nh().await;\n"
	"continue;\n}\nbreak;\n}",
	"let g = $take;\nloop {\nif yes() {\ndrop(g);\nbreak;\n}\n"
	"}\nh().await;",
	"let g = $take;\nloop {\nif yes() {\nbreak;\n}\nuse_it(&g);\n}\n"
	"h().await;",
	"let g = $take;\n'a: loop {\nloop {\nif yes() {\ndrop(g);\nbreak 'a;\n"
	"}\n}\n}\nh().await;",
	"let g = $take;\nfor _ in 0..3 {\nh().await;\n}\nuse_it(&g);",
	"let g = $take;\nwhile yes() {\nuse_it(&1);\n}\ndrop(g);\nh().await;",
	"let mut g = $take;\ndrop(g);\nh().await;\ng = $take;",
	"let mut g = $take;\nuse_it(&g);\ndrop(g);\ng = $take;\nh().await;\n"
	"use_it(&g);",
	"let g;\nh().await;\ng = $take;\nuse_it(&g);",
	"let g; if yes() { g = $take;\nuse_it(&g);\n}\nh().await;",
	"let g = $take;\nlet other = g;\nh().await;\nuse_it(&other);",
	"let g = $take;\nlet other = g;\ndrop(other);\nh().await;",
	"let g = $take;\nlet g = g.len();\nh().await;\nuse_it(&g);",
	"let g = $take;\nlet g = (1, drop(g));\nh().await;\nuse_it(&g);",
	"let g = $take;\ngone(g);\nh().await;",
	"let g = $take;\nlet run = move || use_it(&g);\nrun();\nh().await;",
	"let g = $take;\nlet run = || use_it(&g);\nrun();\nh().await;",
	"let get = || $take.len();\ntake(get()).await;",
	"let get = |n: usize| -> usize { $take.len() + n };\n"
	"take(get(1)).await;",
	"let g = $take;\nasync { h().await }.await;\nuse_it(&g);",
	"let later = async { h().await };\nlet g = $take;\ndrop(g);\n"
	"later.await;",
	"let later = async { h().await };\nlet g = $take;\nlater.await;\n"
	"use_it(&g);",
	"async {\nlet g = $take;\nh().await;\nuse_it(&g);\n}\n.await;",
	"async {\nlet g = $take;\nuse_it(&g);\n}\n.await;\nh().await;",
	"let g = $take;\nlet later = async { h().await };\ndrop(g);\n"
	"later.await;",
	"let g = $take;\nlet later = async move {\nuse_it(&g);\n};\n"
	"later.await;",
	"let g = $take;\ntokio::select! {\n_ = h() => {}\n_ = take(1) => {}\n}"
	"\nuse_it(&g);",
	"tokio::select! {\n_ = h() => {\nlet g = $take;\nuse_it(&g);\n}\n"
	"_ = take(1) => {}\n}",
	"tokio::select! {\n_ = h() => {\nlet g = $take;\nh().await;\n"
	"use_it(&g);\n}\n_ = take(1) => {}\n}",
	"let n = $take.len();\ntokio::select! {\n_ = h() => {}\n"
	"_ = take(n) => {}\n}",
	"let g = $take;\nlet _ = tokio::join!(h(), take(1));\nuse_it(&g);",
	"let g = $take;\ndrop(g);\nlet _ = tokio::join!(h(), take(1));",
	"let g = $take;\nprintln!(\"{}\", g.len());\nh().await;",
	"println!(\"{}\", $take.len());\nh().await;",
	"let n = format!(\"{:?}\", $take);\ntake(n).await;",
	"take(format!(\"{:?}\", $take)).await;",
	"assert!($take.is_empty());\nh().await;",
	"assert_eq!($take.len(), 0);\nh().await;",
	"let g = $take;\nh().await\n",
	"let g = ($take, 1);\nuse_it(&g.0.len());\ndrop(g);\nh().await;",
	"let g = Some($take);\ndrop(g);\nh().await;",
	"h().await;\nlet g = $take;\nuse_it(&g);",
	"let n = if yes() { $take.len() } else { 0 };\ntake(n).await;",
	"let n = if yes() { take($take.len()).await } else { 0 };\nuse_it(&n);",
	"let s = Pair { a: $take.len(), b: take(1).await };\n"
	"use_it(&(s.a as u32 + s.b));",
	"let s = Pair { a: $take.len(), b: 1 };\ntake(s.a + s.b as usize)"
	".await;",
	"let x = yes().then(|| $take.len());\ntake(x).await;",
	"let x = Some(1).map(|n| $take.len() + n).unwrap_or(2);\n"
	"take(x).await;",
	"fn inner(n: usize) -> usize { n }\nlet n = inner($take.len());\n"
	"take(n).await;",
	"!let mut g = $take;\ng.push(take(1).await);",
	"!$take.push(take(1).await);",
	"!let n = take(1).await;\n$take.push(n);",
	"!if let Some(n) = $take.pop() {\ntake(n).await;\n}",
	"!while let Some(n) = $take.pop() {\ntake(n).await;\n}",
	"!let n = $take.pop();\nif let Some(n) = n {\ntake(n).await;\n}",
	"!let v = std::mem::take(&mut *$take);\ntake(v).await;",
	"!take(std::mem::take(&mut *$take)).await;",
	"!*$take = vec![take(1).await];",
	"!let v = vec![take(1).await];\n*$take = v;",
	"!for n in $take.drain(..) {\ntake(n).await;\n}",
	"!let v: Vec<u32> = $take.drain(..).collect();\nfor n in v {\n"
	"take(n).await;\n}",
	"!let mut g = $take;\n*g = vec![take(1).await];",
	"!let mut g = $take;\nstd::mem::swap(&mut *g, &mut vec![1]);\n"
	"h().await;",
};

static const char prelude[] =
	"#![allow(dead_code, unused)]\n"
	"pub mod p {\n"
	"pub async fn h() {}\n"
	"pub async fn take<T>(_: T) -> u32 { 1 }\n"
	"pub fn yes() -> bool { std::env::args().count() > 3 }\n"
	"pub fn number() -> usize { std::env::args().count() }\n"
	"pub fn maybe() -> Option<u32> { None }\n"
	"pub fn use_it<T: ?Sized>(_: &T) {}\n"
	"pub fn gone<T>(_: T) {}\n"
	"pub struct Pair { pub a: usize, pub b: u32 }\n"
	"}\n";

static struct arena arena;
static struct buf lib;
static unsigned count;

static int write_module(const char *dir, const char *table, const char *text,
			unsigned places)
{
	struct error err = { 0 };
	struct buf b = { 0 };
	int rc;

	buf_adds(&b, text);
	buf_adds(&b, "\nuse crate::p::*;\n");
	rc = fs_write_atomic(arena_printf(&arena, "%s/s%04u.rs", dir, count),
			     buf_span(&b), 0644, &err);
	if (rc)
		fprintf(stderr, "await_snippets: %s\n", err.msg);
	buf_addf(&lib, "mod s%04u;\n", count);
	printf("s%04u.rs\t%s\t%u\n", count, table, places);
	count++;
	buf_release(&b);
	return rc;
}

static const struct {
	const char *name;
	const struct hit *hits;
	size_t hit_count;
	const struct miss *misses;
	size_t miss_count;
} tables[] = {
#define TABLE(name)                                                    \
	{                                                              \
#name, name##_hits,                                    \
			sizeof(name##_hits) / sizeof(*name##_hits),    \
			name##_misses,                                 \
			sizeof(name##_misses) / sizeof(*name##_misses) \
	}
	TABLE(lock),
	TABLE(refcell),
	TABLE(span),
};

static int write_tables(const char *dir)
{
	int rc = 0;

	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		for (size_t i = 0; i < tables[t].hit_count; i++)
			rc |= write_module(dir, tables[t].name,
					   tables[t].hits[i].src, 1);
		for (size_t i = 0; i < tables[t].miss_count; i++)
			rc |= write_module(dir, tables[t].name,
					   tables[t].misses[i].src, 0);
	}
	return rc;
}

static void fill_in(struct buf *b, const char *shape, const struct taking *t)
{
	while (*shape) {
		const char *word = NULL;
		size_t n = 1;

		if (!strncmp(shape, "$take", 5)) {
			word = t->take;
			n = 5;
		} else if (!strncmp(shape, "$open", 5)) {
			word = t->open;
			n = 5;
		} else if (!strncmp(shape, "$some", 5)) {
			word = t->some;
			n = 5;
		}
		if (word)
			buf_adds(b, word);
		else
			buf_addc(b, *shape);
		shape += n;
	}
}

static int write_variations(const char *dir)
{
	struct buf b = { 0 };
	int rc = 0;

	for (size_t t = 0; t < sizeof(takings) / sizeof(*takings); t++)
		for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
			const struct taking *k = &takings[t];
			const char *shape = shapes[i];

			if (*shape == '!' && !k->writes)
				continue;
			buf_reset(&b);
			buf_addf(&b, "%s\nasync fn f(m: &%s<Vec<u32>>) {\n",
				 k->use, k->type);
			fill_in(&b, shape + (*shape == '!'), k);
			buf_adds(&b, "\n}");
			rc |= write_module(dir, "variation", buf_cstr(&b), 0);
		}
	buf_release(&b);
	return rc;
}

/*
 * Ways through a fn, at random but always the same ones: a guard `g` that is
 * never borrowed, since clippy holds a borrowed one for alive to the end.
 */
enum state { ALIVE, GONE, MAYBE, NOWHERE }; /* of g; control is not here */

static struct {
	struct buf b;
	uint32_t seed;
	unsigned left; /* statements to come */
	unsigned loops;
	enum state broke; /* what the breaks of the loop around left of g */
} way;

static unsigned pick(unsigned n)
{
	way.seed = way.seed * 1664525u + 1013904223u;
	return (way.seed >> 8) % n;
}

static enum state joined(enum state a, enum state b)
{
	if (a == NOWHERE || a == b)
		return b;
	return b == NOWHERE ? a : MAYBE;
}

static enum state write_statement(enum state s, unsigned depth);

static enum state write_block(enum state s, unsigned depth)
{
	unsigned n = 1 + pick(3);

	buf_adds(&way.b, " {\n");
	while (n-- && s != NOWHERE)
		s = write_statement(s, depth + 1);
	buf_adds(&way.b, "}");
	return s;
}

static enum state write_if(enum state s, unsigned depth)
{
	enum state a, b = s;

	buf_adds(&way.b, "if yes()");
	a = write_block(s, depth);
	if (pick(2)) {
		buf_adds(&way.b, " else");
		b = write_block(s, depth);
	}
	return joined(a, b);
}

static enum state write_match(enum state s, unsigned depth)
{
	enum state all = NOWHERE;

	buf_adds(&way.b, "match number() {\n");
	for (unsigned n = pick(3); n; n--) {
		buf_addf(&way.b, "%u =>", n);
		all = joined(all, write_block(s, depth));
		buf_adds(&way.b, "\n");
	}
	buf_adds(&way.b, "_ =>");
	all = joined(all, write_block(s, depth));
	buf_adds(&way.b, "}");
	return all;
}

/* What is gone in a loop must be gone for good: it ends in a break. */
static enum state write_loop(enum state s, unsigned depth)
{
	enum state broke = way.broke, end;

	way.broke = NOWHERE;
	way.loops++;
	buf_adds(&way.b, "loop {\nif yes() {\n");
	if (s == ALIVE && pick(2)) {
		buf_adds(&way.b, "drop(g);\n");
		way.broke = GONE;
	} else {
		way.broke = s;
	}
	buf_adds(&way.b, pick(2) ? "h().await;\nbreak;\n}\n" : "break;\n}\n");
	if (pick(2))
		buf_adds(&way.b, "h().await;\n");
	if (pick(2)) {
		buf_adds(&way.b, "if yes()");
		end = write_block(s, depth);
		if (end != NOWHERE && end != s) {
			buf_adds(&way.b, "\nbreak;\n");
			way.broke = joined(way.broke, joined(end, s));
		}
	}
	buf_adds(&way.b, "}");
	end = way.broke;
	way.broke = broke;
	way.loops--;
	return end;
}

static enum state write_statement(enum state s, unsigned depth)
{
	unsigned kind = pick(depth > 3 || !way.left ? 5 : 9);

	way.left -= way.left > 0;
	switch (kind) {
	case 0:
	case 1:
		buf_adds(&way.b, "h().await;");
		break;
	case 2:
		if (s == ALIVE) {
			buf_adds(&way.b, "drop(g);");
			s = GONE;
		}
		break;
	case 3:
		if (pick(2) && depth) {
			buf_adds(&way.b, "return;");
			s = NOWHERE;
		}
		break;
	case 4:
		if (pick(2) && depth && way.loops) {
			buf_adds(&way.b, "break;");
			way.broke = joined(way.broke, s);
			s = NOWHERE;
		}
		break;
	case 5:
	case 6:
		s = write_if(s, depth);
		break;
	case 7:
		s = write_match(s, depth);
		break;
	default:
		s = write_loop(s, depth);
		break;
	}
	buf_adds(&way.b, "\n");
	return s;
}

static int write_ways(const char *dir, unsigned n)
{
	int rc = 0;

	for (unsigned i = 0; i < n; i++) {
		enum state s = ALIVE;

		buf_reset(&way.b);
		way.seed = i;
		way.left = 12;
		buf_adds(&way.b, "use std::sync::Mutex;\n"
				 "async fn f(m: &Mutex<u32>) {\n"
				 "let g = m.lock().unwrap();\n");
		while (way.left && s != NOWHERE)
			s = write_statement(s, 0);
		buf_adds(&way.b, "}");
		rc |= write_module(dir, "way", buf_cstr(&way.b), 0);
	}
	buf_release(&way.b);
	return rc;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	int rc;

	if (argc != 2) {
		fputs("usage: await_snippets DIR\n", stderr);
		return 2;
	}
	buf_adds(&lib, prelude);
	rc = write_tables(argv[1]);
	rc |= write_variations(argv[1]);
	rc |= write_ways(argv[1], 1000);
	rc |= fs_write_atomic(arena_printf(&arena, "%s/lib.rs", argv[1]),
			      buf_span(&lib), 0644, &err);
	buf_release(&lib);
	arena_release(&arena);
	return rc ? 1 : 0;
}
