#include "rule_rows.h"
#include "rust/rule.h"

/* Loops. */

static const struct hit loop_hits[] = {
	{ "async fn f() {\n while let Some(m) = rx.recv().await {\n"
	  "  tokio::spawn(handle(m));\n }\n}",
	  "3", NULL },
	{ "async fn f() {\n while let Some(m) = rx.recv().await {\n"
	  "  tokio::spawn(async move { handle(m).await });\n }\n}",
	  "3", NULL },
	{ "async fn f() {\n loop {\n  let m = rx.recv().await;\n"
	  "  tokio::spawn(handle(m));\n }\n}",
	  "4", NULL },
	{ "fn f() {\n for u in urls {\n  tokio::spawn(fetch(u));\n }\n}", "3",
	  NULL },
	{ "fn f() {\n for u in &urls {\n  tokio::task::spawn(fetch(u));\n }\n}",
	  "3", NULL },
	{ "use tokio::task;\nfn f() {\n for u in urls {\n"
	  "  task::spawn(fetch(u));\n }\n}",
	  "4", NULL },
	{ "use tokio::spawn;\nfn f() {\n for u in urls {\n"
	  "  spawn(fetch(u));\n }\n}",
	  "4", NULL },
	{ "fn f() {\n for u in urls {\n  if u.ok() {\n"
	  "   tokio::spawn(fetch(u));\n  }\n }\n}",
	  "4", NULL },
	{ "fn f() {\n for u in urls {\n  match u {\n"
	  "   A => { tokio::spawn(a()); }\n   B => {}\n  }\n }\n}",
	  "4", NULL },
	{ "fn f() {\n for u in urls {\n  let _ = tokio::spawn(fetch(u));\n "
	  "}\n}",
	  "3", NULL },
	{ "fn f() {\n for u in urls {\n  _ = tokio::spawn(fetch(u));\n }\n}",
	  "3", NULL },
	{ "fn f() {\n let mut all = vec![];\n for u in urls {\n"
	  "  all.push(tokio::spawn(fetch(u)));\n }\n}",
	  "4", NULL },
	{ "fn f() {\n let mut all = vec![];\n for u in urls {\n"
	  "  let h = tokio::spawn(fetch(u));\n  all.push(h);\n }\n}",
	  "4", NULL },
	{ "async fn f() {\n while let Some(m) = s.next().await {\n"
	  "  hs.push(tokio::spawn(g(m)));\n }\n}",
	  "3", NULL },
	{ "fn f() {\n tokio::spawn(async move {\n"
	  "  while let Some(m) = rx.recv().await {\n"
	  "   tokio::spawn(handle(m));\n  }\n });\n}",
	  "4", NULL },
	{ "async fn f() {\n loop {\n  interval.tick().await;\n"
	  "  tokio::spawn(sync());\n }\n}",
	  "4", NULL },
	{ "async fn f() {\n loop {\n  tokio::select! {\n"
	  "   Some(m) = rx.recv() => { tokio::spawn(g(m)); }\n  }\n }\n}",
	  "4", NULL },
	{ "fn f() {\n 'a: loop {\n  tokio::spawn(g());\n }\n}", "3", NULL },
	{ "fn f() {\n for (k, v) in map.drain() {\n  tokio::spawn(g(k, v));\n"
	  " }\n}",
	  "3", NULL },
	{ "fn f() {\n for u in urls {\n  async_std::task::spawn(g(u));\n }\n}",
	  "3", NULL },
	{ "fn f() {\n for u in urls {\n  rt.spawn(async move { g(u).await });\n"
	  " }\n}",
	  "3", NULL },
	{ "fn f() {\n while !q.is_empty() {\n  tokio::spawn(g(q.pop()));\n "
	  "}\n}",
	  "3", NULL },
};

#define LOOP(body) "async fn f() { for u in urls { " body " } }"

static const struct miss loop_misses[] = {
	{ "fn f() { tokio::spawn(g()); }", "no loop", NULL },
	{ "async fn f() { loop { let (s, _) = l.accept().await?; "
	  "tokio::spawn(serve(s)); } }",
	  "a server's accept loop", NULL },
	{ "async fn f() { while let Ok((s, a)) = l.accept().await { "
	  "tokio::spawn(serve(s)); } }",
	  "a server's accept loop", NULL },
	{ "async fn f() { while let Some(c) = incoming.next().await { "
	  "tokio::spawn(serve(c)); } }",
	  "a server's connections", NULL },
	{ "async fn f() { loop { let c = e.accept_bi().await?; "
	  "tokio::spawn(serve(c)); } }",
	  "a QUIC server's streams", NULL },
	{ "fn f() { for i in 0..4 { tokio::spawn(g(i)); } }", "a range", NULL },
	{ "fn f() { for _ in 0..workers { hs.push(tokio::spawn(g())); } }",
	  "a number of workers", NULL },
	{ "fn f() { for p in partitions { hs.push(tokio::spawn(g(p))); } }",
	  "few by their name", NULL },
	{ "fn f() { for c in urls.chunks(8) { tokio::spawn(g(c)); } }",
	  "chunks", NULL },
	{ "fn f() { for c in urls.iter().take(8) { tokio::spawn(g(c)); } }",
	  "so many", NULL },
	{ LOOP("let p = sem.acquire_owned().await; "
	       "tokio::spawn(async move { g(u).await; drop(p) });"),
	  "a permit first", NULL },
	{ LOOP("tokio::spawn(async move { let _permit = sem.acquire().await; "
	       "g(u).await });"),
	  "permits, in the task", NULL },
	{ LOOP("set.spawn(g(u));"), "kept in a JoinSet", NULL },
	{ LOOP("tokio::spawn(g(u)).await?;"), "one at a time", NULL },
	{ LOOP("let h = tokio::spawn(g(u)); h.await?;"), "one at a time",
	  NULL },
	{ LOOP("tracker.spawn(g(u));"), "counted by a TaskTracker", NULL },
	{ LOOP("futures.push(g(u));") "fn g() { tokio::spawn(h()); }",
	  "not in the loop", NULL },
	{ LOOP("let g = || async { tokio::spawn(h()); };"),
	  "a closure of its own", NULL },
	{ LOOP("while set.len() > 8 { set.join_next().await; } "
	       "tokio::spawn(g(u));"),
	  "joins when it is full", NULL },
	{ LOOP("std::thread::spawn(|| ());"), "a thread", NULL },
	{ LOOP("Command::new(a).spawn()?;"), "a process", NULL },
	{ LOOP("self.pool.spawn(async { g(u) });"), "a pool, which may bound",
	  NULL },
	{ LOOP("crate::pool::spawn(g(u));"), "one's own, which may bound",
	  NULL },
	{ "macro_rules! m { () => { for u in v { tokio::spawn(g(u)); } } }",
	  "a macro's definition", NULL },
	{ "#[tokio::test]\nasync fn t() { for u in v { tokio::spawn(g(u)); } }",
	  "a test", NULL },
};

RULE_TABLES(rule_spawn_in_loop, loop_hits, loop_misses)

/* Dropped handles. */

#define S "fn f() {\n tokio::spawn(async move {\n"

static const struct hit drop_hits[] = {
	{ S "  let a = g().await?;\n  h(a);\n });\n}", "2", NULL },
	{ S "  g().await?;\n  Ok::<_, Error>(())\n });\n}", "2", NULL },
	{ S "  for a in b { g(a).await?; }\n  Ok(())\n });\n}", "2", NULL },
	{ "fn f() {\n let _ = tokio::spawn(async move {\n  g().await?;\n"
	  "  Ok(())\n });\n}",
	  "2", NULL },
	{ "fn f() {\n _ = tokio::spawn(async move { g().await?; Ok(()) });\n}",
	  "2", NULL },
	{ "use tokio::task;\nfn f() {\n task::spawn(async { g()?; Ok(()) "
	  "});\n}",
	  "3", NULL },
	{ "use tokio::spawn;\nfn f() {\n spawn(async { g()?; Ok(()) });\n}",
	  "3", NULL },
	{ "fn f() {\n tokio::spawn(async { g()?; Ok(()) }.instrument(s));\n}",
	  "2", NULL },
	{ "fn f() {\n tokio::spawn({\n  let a = a.clone();\n"
	  "  async move { g(a).await?; Ok(()) }\n });\n}",
	  "2", NULL },
	/* Results */
	{ "async fn g() -> Result<()> { Ok(()) }\n"
	  "fn f() {\n tokio::spawn(g());\n}",
	  "3", NULL },
	{ "async fn g(a: A) -> anyhow::Result<()> { Ok(()) }\n"
	  "fn f() {\n tokio::spawn(async move { g(a).await });\n}",
	  "3", NULL },
	{ "impl W { async fn run(self) -> Result<(), E> { Ok(()) } }\n"
	  "fn f() {\n tokio::spawn(w.run());\n}",
	  "3", NULL },
	{ S "  axum::serve(l, app).await\n });\n}", "2", NULL },
	{ "fn f() {\n tokio::spawn(server().serve_with_incoming(i));\n}", "2",
	  NULL },
	{ S "  server().serve_with_shutdown(a, s).await\n });\n}", "2", NULL },
	/* other spawns, given async blocks */
	{ "fn f() {\n crate::rt::spawn(async { g()?; Ok(()) });\n}", "2",
	  NULL },
	{ "fn f() {\n Handle::current().spawn(async { g()?; Ok(()) });\n}", "2",
	  NULL },
	{ "fn f(&self) {\n self.runtime.spawn(async move { g()?; Ok(()) });\n}",
	  "2", NULL },
	{ "fn f() {\n let _ = self.rt_handle.spawn(async { g()?; Ok(()) });\n}",
	  "2", NULL },
	/* panics */
	{ S "  serve().await.expect(\"the server\");\n });\n}", "2", NULL },
	{ S "  while let Some(m) = rx.recv().await {\n   "
	    "g(m).await.unwrap();\n  }\n"
	    " });\n}",
	  "2", NULL },
	{ S "  loop {\n   g().await.expect(\"a\");\n   if b { break; }\n  }\n"
	    " });\n}",
	  "2", NULL },
	{ S "  for a in b {\n   if a { panic!(\"a\") }\n  }\n });\n}", "2",
	  NULL },
	/* loops without end */
	{ S "  loop {\n   sleep(d).await;\n   cache.clear();\n  }\n });\n}",
	  "2", NULL },
	{ S "  let mut i = interval(d);\n  loop {\n   i.tick().await;\n"
	    "   report();\n  }\n });\n}",
	  "2", NULL },
	{ "impl A {\n fn new() -> A {\n  tokio::spawn(async move {\n"
	  "   loop { g().await; }\n  });\n  A\n }\n}",
	  "3", NULL },
};

static const struct miss drop_misses[] = {
	{ "fn f() { let h = tokio::spawn(async { g()?; Ok(()) }); }", "kept",
	  NULL },
	{ "fn f() -> H { tokio::spawn(async { g()?; Ok(()) }) }", "given back",
	  NULL },
	{ "async fn f() { tokio::spawn(async { g()?; Ok(()) }).await??; }",
	  "awaited", NULL },
	{ "fn f() { hs.push(tokio::spawn(async { g()?; Ok(()) })); }", "kept",
	  NULL },
	{ "fn f() { set.spawn(async { g()?; Ok(()) }); }", "kept by a set",
	  NULL },
	{ S "if let Err(e) = g().await { error!(\"{e}\"); } }); }",
	  "handles its error", NULL },
	{ S "let r = async { g()?; Ok(()) }.await; log(r); }); }",
	  "the `?` ends an inner block", NULL },
	{ S "let r = (|| { g()?; Ok(()) })(); log(r); }); }",
	  "the `?` ends a closure", NULL },
	{ "fn f() { tokio::spawn(async { g()?; Ok(()) }.map(log)); }",
	  "its value goes on", NULL },
	{ S "info!(?a, b = ?c, \"d\"); }); }", "tracing's `?`", NULL },
	{ S "let a: Vec<?Sized> = b; }); }", "no operator", NULL },
	{ S "while let Some(m) = rx.recv().await { g(m).await; } }); }",
	  "ends with its channel", NULL },
	{ S "let d = now().duration_since(EPOCH).unwrap(); g(d).await; }); }",
	  "an unwrap of what is at hand", NULL },
	{ S "let p = slots.acquire().await.unwrap(); g(p).await; }); }",
	  "a semaphore that is closed at the end", NULL },
	{ "fn f() { Tasks::spawn(async { g()?; Ok(()) }); }",
	  "a type's, which may keep it", NULL },
	{ "fn f() { scope.spawn(async { g()?; Ok(()) }); }",
	  "a scope's, which waits", NULL },
	{ "fn f() { crate::rt::spawn(g()); }", "no task is seen in it", NULL },
	{ S "loop { a.lock().unwrap().b(); if c { break; } } }); }",
	  "a poisoned lock is a panic's echo", NULL },
	{ S "loop { select! { _ = t.tick() => g(), _ = stop() => return } } "
	    "}); }",
	  "ends", NULL },
	{ S "loop { if token.is_cancelled() { break; } g().await; } }); }",
	  "ends", NULL },
	{ S "loop { g(&shutdown).await; } }); }", "knows of a shutdown", NULL },
	{ S "loop { g().await; } }); }", "a program's own, as long as it runs",
	  "src/main.rs" },
	{ "fn f() { tokio::spawn(g()); }", "what it gives is not seen", NULL },
	{ "async fn g() {}\nfn f() { tokio::spawn(g()); }", "gives nothing",
	  NULL },
	{ "async fn g() -> u8 { 1 }\nfn f() { tokio::spawn(g()); }",
	  "gives no Result", NULL },
	{ "async fn g() -> Result<()> { h() }\nmod a { async fn g() {} }\n"
	  "fn f() { tokio::spawn(g()); }",
	  "which of two is not seen", NULL },
	{ "fn f() { std::thread::spawn(|| { g()?; Ok(()) }); }", "a thread",
	  NULL },
	{ "fn f() { drop(tokio::spawn(async { g()?; Ok(()) })); }",
	  "dropped by name", NULL },
	{ "macro_rules! m { () => { tokio::spawn(async { g()?; }); } }",
	  "a macro's definition", NULL },
	{ "#[test]\nfn t() { tokio::spawn(async { g()?; }); }", "a test",
	  NULL },
};

RULE_TABLES(rule_spawn_dropped, drop_hits, drop_misses)

Suite *rust_rule_spawn_suite(void)
{
	Suite *s = suite_create("rust_rule_spawn");
	TCase *tc = tcase_create("spawn");

	add_rule_rows(tc, rule_spawn_in_loop, loop_hits, loop_misses);
	add_rule_rows(tc, rule_spawn_dropped, drop_hits, drop_misses);
	suite_add_tcase(s, tc);
	return s;
}
