/* Calls that are not cancel safe, in a select! that is tried again. */
#include "rule_rows.h"
#include "rust/rule.h"

#define LOOP(text) "async fn f(&mut self) {\nloop {\n" text "}\n}\n"
#define TICK "_ = tick.tick() => {}\n"

static const struct hit hits[] = {
	{ LOOP("tokio::select! {\nn = r.read_exact(&mut b) => use_it(n),\n" TICK
	       "}\n"),
	  "4", NULL },
	{ LOOP("select! {\n" TICK "n = self.r.read_line(&mut line) => {\n"
	       "use_it(n);\n}\n}\n"),
	  "5", NULL },
	{ LOOP("select! {\nbiased;\n" TICK
	       "n = r.read_to_end(&mut b) => use_it(n),\n}\n"),
	  "6", NULL },
	{ LOOP("select! {\nn = r.read_to_string(&mut s) => use_it(n),\n" TICK
	       "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nr = w.write_all(&b) => use_it(r),\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = r.read_u32() => use_it(n),\n" TICK "}\n"), "4",
	  NULL },
	{ LOOP("select! {\nn = r.read_u16_le() => use_it(n),\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nOk(n) = r.read_u64() => use_it(n),\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("futures::select! {\nn = r.read_exact(&mut b).fuse() => "
	       "use_it(n),\n_ = tick => {}\n}\n"),
	  "4", NULL },
	{ LOOP("futures::select_biased! {\nn = r.read_line(&mut l).fuse() => "
	       "use_it(n),\n_ = tick => {}\n}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = timeout(d, r.read_exact(&mut b)) => "
	       "use_it(n),\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = tokio::time::timeout(\nd,\n"
	       "r.read_exact(&mut b),\n) => use_it(n),\n" TICK "}\n"),
	  "6", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b), if open => "
	       "use_it(n),\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => break,\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "_ = stop.changed() => break,\n" TICK "}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "m = rx.recv() => {\nif m.is_none() {\nbreak;\n}\n}\n}\n"),
	  "4", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "m = rx.recv() => match m {\nSome(_) => {}\nNone => break,\n}\n"
	       "}\n"),
	  "4", NULL },
	{ "async fn f() {\nwhile open {\nselect! {\n"
	  "n = r.read_exact(&mut b) => use_it(n),\n" TICK "}\n}\n}",
	  "4", NULL },
	{ "async fn f() {\nwhile let Some(x) = y.next().await {\nselect! {\n"
	  "n = w.write_all(x) => use_it(n),\n" TICK "}\n}\n}",
	  "4", NULL },
	{ "async fn f() {\nfor x in y {\nselect! {\n"
	  "n = w.write_all(x) => use_it(n),\n" TICK "}\n}\n}",
	  "4", NULL },
	{ "fn f() {\ntokio::spawn(async move {\nloop {\nselect! {\n"
	  "n = r.read_line(&mut l) => use_it(n),\n" TICK "}\n}\n});\n}",
	  "5", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut a) => use_it(n),\n"
	       "n = q.read_exact(&mut b) => use_it(n),\n}\n"),
	  "4 5", NULL },
	{ LOOP("if x {\nlet n = select! {\nn = r.read_line(&mut l) => n?,\n"
	       "_ = tick.tick() => continue,\n};\n}\n"),
	  "5", NULL },
	{ LOOP("select! {\nn = self.r().await.read_exact(&mut b[..4]) => "
	       "use_it(n),\nelse => break,\n" TICK "}\n"),
	  "4", NULL },
};

static const struct miss misses[] = {
	{ LOOP("select! {\nn = r.read(&mut b) => use_it(n),\n" TICK "}\n"),
	  "read is cancel safe", NULL },
	{ LOOP("select! {\nn = r.read_buf(&mut b) => use_it(n),\n" TICK "}\n"),
	  "read_buf is cancel safe", NULL },
	{ LOOP("select! {\nn = r.read_u8() => use_it(n),\n" TICK "}\n"),
	  "one byte is read or not", NULL },
	{ LOOP("select! {\nl = lines.next_line() => use_it(l),\n" TICK "}\n"),
	  "Lines keeps what it read", NULL },
	{ LOOP("select! {\nn = r.read_until(b';', &mut v) => use_it(n),\n" TICK
	       "}\n"),
	  "read_until keeps its progress in the buffer", NULL },
	{ LOOP("select! {\nn = w.write_all_buf(&mut b) => use_it(n),\n" TICK
	       "}\n"),
	  "write_all_buf keeps its progress in the buffer", NULL },
	{ LOOP("select! {\nn = w.write(&b) => use_it(n),\n" TICK "}\n"),
	  "write is cancel safe", NULL },
	{ LOOP("select! {\nm = rx.recv() => use_it(m),\n" TICK "}\n"),
	  "recv is cancel safe", NULL },
	{ "async fn f() {\nlet fut = r.read_exact(&mut b);\n"
	  "tokio::pin!(fut);\nloop {\nselect! {\nn = &mut fut => break,\n" TICK
	  "}\n}\n}",
	  "made once, before the loop", NULL },
	{ "async fn f() {\nselect! {\nn = r.read_exact(&mut b) => "
	  "use_it(n),\n" TICK "}\n}",
	  "no loop", NULL },
	{ "async fn f() {\nloop {\ntokio::spawn(async move {\nselect! {\n"
	  "n = r.read_exact(&mut b) => use_it(n),\n" TICK "}\n});\n}\n}",
	  "the loop is another task's", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "_ = stop.changed() => break,\n}\n"),
	  "the only other branch ends the loop", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "_ = stop.changed() => return Ok(()),\n}\n"),
	  "the only other branch returns", NULL },
	{ LOOP("select! {\nn = r.read_exact(&mut b) => use_it(n),\n"
	       "_ = stop.changed() => {\ninfo!(\"stop\");\nbreak;\n}\n"
	       "_ = gone.notified() => {\nreturn Err(Gone)\n}\n}\n"),
	  "all other branches leave", NULL },
	{ LOOP("select! {\nm = rx.recv() => "
	       "{\nw.write_all(&m).await?;\n}\n" TICK "}\n"),
	  "in the handler, which is not dropped", NULL },
	{ LOOP("select! {\nm = rx.recv() => w.write_all(&m).await?,\n" TICK
	       "}\n"),
	  "in the handler, which is not dropped", NULL },
	{ LOOP("r.read_exact(&mut b).await?;\nselect! {\n"
	       "m = rx.recv() => use_it(m),\n" TICK "}\n"),
	  "beside the select", NULL },
	{ LOOP("select! {\nl = self.read_line() => use_it(l),\n" TICK "}\n"),
	  "a method of its own, without a buffer", NULL },
	{ LOOP("select! {\nl = read_exact(&mut r, &mut b) => use_it(l),\n" TICK
	       "}\n"),
	  "a function of its own", NULL },
	{ LOOP("select! {\nn = next(r.read_exact(&mut b)) => use_it(n),\n" TICK
	       "}\n"),
	  "what takes the future may keep it", NULL },
	{ LOOP("select! {\nrecv(r) -> m => use_it(m),\n"
	       "default => r.read_exact(&mut b),\n}\n"),
	  "crossbeam's select, and a handler", NULL },
	{ LOOP("join!(r.read_exact(&mut b), tick.tick());\n"),
	  "join drops nothing", NULL },
	{ LOOP("my::selected! {\nn = r.read_exact(&mut b) => use_it(n),\n" TICK
	       "}\n"),
	  "another macro", NULL },
	{ "macro_rules! m { () => { loop { select! { n = "
	  "r.read_exact(&mut b) => {} _ = x => {} } } } }",
	  "a macro's definition", NULL },
	{ LOOP("select! {\nn = r.read_exact"), "torn", NULL },
};

RULE_TABLES(rule_select_cancel_unsafe, hits, misses)

Suite *rust_rule_select_suite(void)
{
	Suite *s = suite_create("rust_rule_select");
	TCase *tc = tcase_create("select");

	add_rule_rows(tc, rule_select_cancel_unsafe, hits, misses);
	suite_add_tcase(s, tc);
	return s;
}
