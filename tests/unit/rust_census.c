/* What a file uses that new code must fit: kind, line, name, detail. */
#include "rust/census.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static const char *const kinds[CENSUS_KINDS] = {
	[CENSUS_ATTRIBUTE] = "attribute", [CENSUS_RUNTIME] = "runtime",
	[CENSUS_LOCK] = "lock",		  [CENSUS_CHANNEL] = "channel",
	[CENSUS_TASK] = "task",		  [CENSUS_ERROR] = "error",
	[CENSUS_RESULT] = "result",	  [CENSUS_ERASED] = "erased",
	[CENSUS_TEST] = "test",
};

static const struct {
	const char *src, *rows;
} files[] = {
	{ "", "" },
	/* the file's own attributes */
	{ "#![forbid(unsafe_code)]\n#![no_std]\n",
	  "attribute 1 #![forbid(unsafe_code)]\nattribute 2 #![no_std]\n" },
	{ "#![cfg(\n    feature = \"rt\"\n)]\nfn f() {}",
	  "attribute 1 #![cfg( feature = \"rt\" )]\n" },
	{ "#![doc = \"x\"]\n#![deny(missing_docs)]",
	  "attribute 2 #![deny(missing_docs)]\n" },
	{ "fn f() {}\n#![no_std]", "" },
	/* locks: where a type stands, by its whole path */
	{ "use std::sync::Mutex;\nstruct S { a: Mutex<u8> }",
	  "lock 2 std::sync::Mutex\n" },
	{ "use tokio::sync;\nstruct S { a: Arc<sync::RwLock<u8>> }",
	  "lock 2 tokio::sync::RwLock\n" },
	{ "fn f(m: &parking_lot::Mutex<u8>) {}",
	  "lock 1 parking_lot::Mutex\n" },
	{ "use std::sync::atomic::AtomicU64;\nstatic N: AtomicU64 = g();",
	  "lock 2 std::sync::atomic::Atomic*\n" },
	{ "use tokio::sync::Notify;\nstruct S { n: Arc<Notify>, m: Notify }",
	  "lock 2 tokio::sync::Notify\nlock 2 tokio::sync::Notify\n" },
	{ "use dashmap::DashMap;\nfn f() -> DashMap<u8, u8> { g() }",
	  "lock 2 dashmap::DashMap\n" },
	/* no lock is made, named or defined by these */
	{ "use std::sync::{Mutex, RwLock};\nfn f() { Mutex::new(1); }", "" },
	{ "pub struct Mutex<T>(T);\nimpl<T> Mutex<T> {}\n"
	  "struct G<'a> { m: &'a Mutex<u8> }",
	  "" },
	{ "impl Lock for std::sync::Mutex<u8> {}", "" },
	{ "fn f(a: Mutexes, b: &Atomic) {}", "" },
	{ "macro_rules! m { () => { a: std::sync::Mutex<u8> } }\n"
	  "fn f(m: std::sync::Mutex<u8>) {}",
	  "lock 2 std::sync::Mutex\n" },
	/* channels: where they are made, and the bound */
	{ "use tokio::sync::mpsc;\nfn f() { mpsc::channel(100); }",
	  "channel 2 tokio::sync::mpsc::channel (bounded: 100)\n" },
	{ "use tokio::sync::mpsc;\n"
	  "fn f() { mpsc::channel::<u8>(cfg.depth + 1); }",
	  "channel 2 tokio::sync::mpsc::channel (bounded: cfg.depth + 1)\n" },
	{ "use tokio::sync::mpsc::unbounded_channel;\n"
	  "fn f() { unbounded_channel() }",
	  "channel 2 tokio::sync::mpsc::unbounded_channel (unbounded)\n" },
	{ "use std::sync::mpsc::{channel, sync_channel};\n"
	  "fn f() { channel(); sync_channel(0); }",
	  "channel 2 std::sync::mpsc::channel (unbounded)\n"
	  "channel 2 std::sync::mpsc::sync_channel (bounded: 0)\n" },
	{ "use tokio::sync::{oneshot, watch, broadcast};\nfn f() {\n"
	  "oneshot::channel::<u8>();\nwatch::channel(1);\n"
	  "broadcast::channel(16) }",
	  "channel 3 tokio::sync::oneshot::channel (one value)\n"
	  "channel 4 tokio::sync::watch::channel (the last value)\n"
	  "channel 5 tokio::sync::broadcast::channel (bounded, old values are "
	  "lost: 16)\n" },
	{ "fn f() { flume::bounded(8); crossbeam_channel::unbounded() }",
	  "channel 1 flume::bounded (bounded: 8)\n"
	  "channel 1 crossbeam_channel::unbounded (unbounded)\n" },
	{ "fn channel(n: u8) {}\nfn f() { channel(1); a.channel(2); }", "" },
	{ "use tonic::transport::channel;\nfn f() { channel::make(1) }", "" },
	/* tasks */
	{ "fn f() {\ntokio::spawn(g());\nh.spawn(async {});\n"
	  "Command::new(\"x\").spawn()?; }",
	  "task 2 tokio::spawn\ntask 3 .spawn\n" },
	{ "use std::thread;\nuse tokio::task;\nfn f() { thread::spawn(|| 1);\n"
	  "task::spawn_blocking(|| 1); task::block_in_place(|| 1) }",
	  "task 3 std::thread::spawn\ntask 4 tokio::task::spawn_blocking\n"
	  "task 4 tokio::task::block_in_place\n" },
	{ "fn spawn_all() {}\nfn f() { spawned() }", "" },
	/* the runtime */
	{ "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {}",
	  "runtime 1 #[tokio::main(flavor = \"current_thread\")]\n" },
	{ "use tokio::runtime::{Builder, Runtime};\nfn f() {\n"
	  "Builder::new_multi_thread();\nRuntime::new().unwrap()\n"
	  ".block_on(g()) }",
	  "runtime 3 tokio::runtime::Builder::new_multi_thread\n"
	  "runtime 4 tokio::runtime::Runtime::new\nruntime 5 .block_on\n" },
	{ "#[main]\nfn main() { Pool::new() }", "" },
	/* errors */
	{ "use thiserror::Error;\n#[derive(Debug, Error)]\n"
	  "pub enum LoadError { A }",
	  "error 3 LoadError (derives thiserror::Error)\n" },
	{ "#[derive(Snafu)]\n#[snafu(visibility(pub))]\nstruct E;",
	  "error 3 E (derives Snafu)\n" },
	{ "struct E;\nimpl std::error::Error for E {}",
	  "error 2 E (implements std::error::Error)\n" },
	{ "use std::error::Error;\nimpl Error for E {}",
	  "error 2 E (implements std::error::Error)\n" },
	{ "use serde::de::Error;\nimpl Error for E {}\n"
	  "impl serde::de::Error for F {}\n#[derive(Clone)]\nenum G {}",
	  "" },
	{ "pub type Result<T> = std::result::Result<T, Error>;",
	  "result 1 Result (pub type Result<T> = std::result::Result<T, "
	  "Error>;)\n" },
	{ "impl std::error::Error for Box<dyn Failure> {}", "" },
	{ "impl A for B { type Result = u8; }\ntype Results = u8;", "" },
	{ "use anyhow::Context;\nfn f() -> anyhow::Result<()> { anyhow!(1) }",
	  "erased 1 anyhow\n" },
	{ "fn f() -> Result<(), Box<dyn std::error::Error + Send>> {}\n"
	  "fn g(a: Box<dyn Error>) {}",
	  "erased 1 Box<dyn Error>\n" },
	{ "fn f(a: Box<dyn Fn(Error)>, anyhow: u8) {}", "" },
	/* tests, and what stands in them */
	{ "#[cfg(test)]\nmod tests {\n#[tokio::test]\nasync fn works() {\n"
	  "tokio::spawn(f()); }\nfn helper() {} }",
	  "task 5 tokio::spawn test\ntest 4 works test\n" },
};

static void write_rows(struct buf *out, const struct census *c,
		       const struct source *s)
{
	vec_each (const struct census_row, r, &c->rows) {
		buf_addf(out, "%s %u %.*s", kinds[r->kind],
			 s->lx.tok[r->token].line, SPAN_ARG(r->name));
		if (r->detail.len)
			buf_addf(out, " (%.*s)", SPAN_ARG(r->detail));
		buf_adds(out, r->test ? " test\n" : "\n");
	}
}

START_TEST(what_a_file_uses_is_counted_where_it_stands)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct census c = { 0 };
	struct source s;

	source_skim(&s, &a, SPAN("src/lib.rs"), span_of(files[_i].src));
	census_take(&c, &a, &s);
	write_rows(&got, &c, &s);
	ck_assert_str_eq(buf_cstr(&got), files[_i].rows);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

/* Damaged code too. */
static const char *const pieces[] = {
	"Mutex<",   "struct Mutex;",  "mpsc::channel(", "tokio::spawn(",
	"#![cfg(",  "#[tokio::main]", "Box<dyn a::",	"type Result = ",
	"anyhow::", "\xff",
};

START_TEST(any_bytes_are_taken)
{
	struct arena a = { 0 };
	struct buf text = { 0 };
	struct census c = { 0 };
	struct source s;

	for (int i = 0; i < 20000; i++)
		buf_adds(&text, pieces[_i]);
	source_skim(&s, &a, SPAN("a.rs"), buf_span(&text));
	census_take(&c, &a, &s);
	vec_each (struct census_row, r, &c.rows)
		ck_assert_uint_lt(r->token, s.lx.count);
	buf_release(&text);
	arena_release(&a);
}
END_TEST

Suite *rust_census_suite(void)
{
	Suite *s = suite_create("rust_census");
	TCase *tc = tcase_create("census");

	add_rows(tc, what_a_file_uses_is_counted_where_it_stands, files);
	add_rows(tc, any_bytes_are_taken, pieces);
	suite_add_tcase(s, tc);
	return s;
}
