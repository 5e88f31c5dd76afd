#include "rule_rows.h"
#include "rust/rule.h"

#define A "async fn f() {\n "

static const struct hit hits[] = {
	{ A "start_grpc_server(b).await;\n std::fs::create_dir_all(p)?;\n}",
	  "3", NULL },
	{ A "std::fs::create_dir_all(p)?;\n start_watch(b);\n"
	    " stop_server(b);\n}",
	  "2", NULL },
	{ A "a.serve(b).await;\n std::fs::write(p, c)\n}", "3", NULL },
	{ A "loop {\n std::fs::read(p)?;\n a.serve(b).await;\n }\n}", "3",
	  NULL },
	{ A "let a = async move { std::fs::read(p) };\n b.serve(a).await\n}",
	  "2", NULL },
	{ A "let a = std::fs::read(\"a\")?;\n}", "2", NULL },
	{ "use std::fs;\n" A "fs::write(p, b)?;\n}", "3", NULL },
	{ "use std::fs::File;\n" A "let f = File::open(p)?;\n}", "3", NULL },
	{ "use std::fs::{self, OpenOptions};\n" A
	  "let f = OpenOptions::new().append(true).open(p)?;\n}",
	  "3", NULL },
	{ A "std::thread::sleep(Duration::from_secs(1));\n}", "2", NULL },
	{ "use std::thread;\n" A "thread::sleep(d);\n}", "3", NULL },
	{ "use std::thread::sleep;\n" A "sleep(d);\n}", "3", NULL },
	{ "use std::process::Command;\n" A
	  "let o = Command::new(\"git\")\n .arg(\"log\")\n .output()?;\n}",
	  "5", NULL },
	{ "use std::process::Command;\n" A
	  "let mut c = Command::new(\"a\").spawn()?;\n c.wait()?;\n}",
	  "4", NULL },
	{ A "let s = std::net::TcpStream::connect(a)?;\n}", "2", NULL },
	{ "use std::net::ToSocketAddrs;\n" A
	  "let a = (host, 80).to_socket_addrs()?.next();\n}",
	  "3", NULL },
	{ A "futures::executor::block_on(g());\n}", "2", NULL },
	{ A "Handle::current().block_on(g());\n}", "2", NULL },
	{ A "self.runtime.block_on(async { g().await });\n}", "2", NULL },
	{ A "let s = state.blocking_lock();\n}", "2", NULL },
	{ A "let r = reqwest::blocking::get(url)?;\n}", "2", NULL },
	{ A "let r = ureq::get(url).set(\"a\", \"b\").call()?;\n}", "2", NULL },
	{ "use std::io;\n" A "io::stdin().read_line(&mut s)?;\n}", "3", NULL },
	{ "use std::sync::mpsc;\n" A
	  "let (tx, rx) = mpsc::channel();\n g(tx);\n let a = rx.recv()?;\n}",
	  "5", NULL },
	{ A "let h = std::thread::spawn(g);\n h.join().unwrap();\n}", "3",
	  NULL },
	{ A "let h = bcrypt::hash(password, 12)?;\n}", "2", NULL },
	{ A "Argon2::default().verify_password(p, &h)\n}\nuse argon2::Argon2;",
	  "2", NULL },
	{ "fn f() {\n tokio::spawn(async move {\n  std::fs::remove_file(p)\n"
	  " });\n}",
	  "3", NULL },
	{ A "a.iter().map(|p| std::fs::read(p)).collect()\n}", "2", NULL },
	{ A "let a = b.unwrap_or_else(|| std::fs::read(c).unwrap());\n}", "2",
	  NULL },
	{ "#[tokio::main]\nasync fn main() {\n self.runtime.block_on(g());\n}",
	  "3", "src/main.rs" },
	{ A "std::fs::read(p);\n}", "2", "src/client.rs" },
	{ "async fn renew() {\n std::fs::read(p);\n}", "2", NULL },
	{ A "tokio::select! {\n  a = b => { std::fs::read(a); }\n }\n}", "3",
	  NULL },
};

static const struct miss misses[] = {
	{ A "if c {\n std::fs::create_dir_all(p)?;\n }\n"
	    " rest::start_rest_server(b).await\n}",
	  "nothing is served yet", NULL },
	{ A "let a = std::fs::read(p)?;\n axum::serve(b, c).await\n}",
	  "nothing is served yet", NULL },
	{ A "let a = { std::fs::File::open(p)? };\n"
	    " Server::builder().serve_with_shutdown(b).await\n}",
	  "nothing is served yet", NULL },
	{ "#[tokio::main]\nasync fn main() {\n std::fs::read(\"a\");\n}",
	  "nothing else runs yet", "src/main.rs" },
	{ A "std::fs::read(p);\n}", "a program's", "src/bin/a.rs" },
	{ A "std::fs::read(p);\n}", "a command line's", "src/cli/a.rs" },
	{ A "std::fs::read(p);\n}", "a command line's", "a-cli/src/a.rs" },
	{ A "std::fs::read(p);\n}", "a command's", "src/cmd/a.rs" },
	{ A "std::fs::read(p);\n}", "for tests", "src/model_testing/a.rs" },
	{ "async fn main() { std::fs::read(p); }", "start-up", NULL },
	{ "impl A {\n async fn new() { std::fs::read(p); }\n}", "start-up",
	  NULL },
	{ "async fn setup_storage() { std::fs::create_dir(p); }", "start-up",
	  NULL },
	{ "fn f() { std::fs::read(\"a\"); }", "not async", NULL },
	{ A "tokio::fs::read(p).await?;\n}", "tokio's", NULL },
	{ "use tokio::fs;\n" A "fs::read(p).await?;\n}", "tokio's, imported",
	  NULL },
	{ "use tokio::fs::File;\n" A "File::open(p).await?;\n}", "tokio's File",
	  NULL },
	{ "use tokio::process::Command;\n" A
	  "Command::new(\"a\").output().await?;\n}",
	  "tokio's Command", NULL },
	{ "use std::fs;\n" A "tokio::task::spawn_blocking(move || {\n"
	  "  fs::read(p)\n }).await?;\n}",
	  "in spawn_blocking", NULL },
	{ A "block_in_place(|| std::fs::read(p))\n}", "in block_in_place",
	  NULL },
	{ A "std::thread::spawn(move || std::fs::read(p));\n}",
	  "in a thread of its own", NULL },
	{ A "let g = move || std::fs::read(p);\n spawn_blocking(g).await\n}",
	  "a closure that is kept: who runs it is not seen", NULL },
	{ A "pool.interact(move |c| std::fs::read(c)).await\n}",
	  "a closure given to someone unknown", NULL },
	{ A "fn g() { std::fs::read(p); }\n g()\n}", "an inner fn is sync",
	  NULL },
	{ "use std::fs::File;\n" A "let f = File::from(fd);\n}", "a conversion",
	  NULL },
	{ "use std::process::Command;\n" A "Command::new(\"a\").spawn()?;\n}",
	  "spawns, does not wait", NULL },
	{ "use std::process::Command;\n" A "let mut c = Command::new(\"a\");\n"
	  " c.arg(\"b\");\n}",
	  "builds", NULL },
	{ A "let a = std::fs::Permissions::from_mode(0o600);\n}",
	  "no call of "
	  "the system",
	  NULL },
	{ A "let f = std::fs::read;\n}", "a name, not a call", NULL },
	{ A "rx.recv().await;\n}", "awaited", NULL },
	{ "use tokio::sync::mpsc;\n" A
	  "let (tx, mut rx) = mpsc::channel(1);\n rx.recv().await;\n}",
	  "tokio's channel", NULL },
	{ A "let a = rx.recv();\n}", "whose channel is not seen", NULL },
	{ "mod fs;\n" A "fs::read(p);\n}", "a module of that name", NULL },
	{ "use crate::thread;\n" A "thread::sleep(d);\n}", "one's own module",
	  NULL },
	{ A "sleep(d).await;\n}", "tokio's, or whoever's", NULL },
	{ "use std::fs;\nfn a() { fs::read(p); }\n" A "a();\n}",
	  "through a fn: not seen here", NULL },
	{ "fn a() { use std::fs; fs::read(p); }\n" A "fs::read(p);\n}",
	  "imported in another fn", NULL },
	{ A "let l = std::net::TcpListener::bind(a)?;\n}",
	  "binds without waiting", NULL },
	{ "fn main() { rt.block_on(async { g().await }) }", "from sync code",
	  NULL },
	{ "macro_rules! m { () => { async { std::fs::read(p) } } }",
	  "a macro's definition", NULL },
	{ "#[tokio::test]\nasync fn t() { std::fs::read(p); }", "a test",
	  NULL },
	{ A "a.join(b); path.join(c);\n}", "other joins", NULL },
	{ A "// std::fs::read(p)\n g(\"std::fs::read(p)\");\n}",
	  "a comment, a string", NULL },
};

RULE_TABLES(rule_blocking_in_async, hits, misses)

/* The source with the edit made; unchanged where there is none. */
static const struct {
	const char *src, *mended;
} edits[] = {
	{ A "let a = std::fs::read(p)?; tokio::a();\n}",
	  A "let a = tokio::fs::read(p).await?; tokio::a();\n}" },
	{ "use std::fs;\nuse tokio::a;\n" A "fs::write(p, b)?;\n}",
	  "use std::fs;\nuse tokio::a;\n" A
	  "tokio::fs::write(p, b).await?;\n}" },
	{ "use tokio::a;\n" A "::std::thread::sleep(d);\n}",
	  "use tokio::a;\n" A "tokio::time::sleep(d).await;\n}" },
	{ "use std::process::Command;\nuse tokio::a;\n" A
	  "Command::new(\"a\").arg(\"b\").output()?;\n}",
	  "use std::process::Command;\nuse tokio::a;\n" A
	  "tokio::process::Command::new(\"a\").arg(\"b\").output().await?;"
	  "\n}" },
	/* no tokio, another result, a closure, a guard, a macro, apart */
	{ A "std::fs::read(p)?;\n}", NULL },
	{ "use tokio::a;\n" A "std::fs::read_dir(p)?;\n}", NULL },
	{ "use tokio::a;\n" A "b.map(|p| std::fs::read(p));\n}", NULL },
	{ "use tokio::a;\n" A "let g = m.lock();\n std::fs::read(p);\n}",
	  NULL },
	{ "use tokio::a;\n" A "b!(std::fs::read(p));\n}", NULL },
	{ "use std::process::Command;\nuse tokio::a;\n" A
	  "let mut c = Command::new(\"a\"); c.status()?;\n}",
	  NULL },
};

static void apply(struct buf *out, const char *src, const struct rule_place *p)
{
	uint32_t at = 0;

	vec_each (struct rule_edit, e, &p->edits) {
		buf_add(out, src + at, e->from - at);
		buf_addsp(out, e->text);
		at = e->to;
	}
	buf_adds(out, src + at);
}

START_TEST(an_edit_is_made_where_it_is_mechanical)
{
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, NULL, NULL, edits[_i].src, LINE_ADDED);
	ck_assert_uint_eq(t.report.groups.len, 1);
	apply(&b, edits[_i].src, &t.report.groups.ptr[0].places.ptr[0]);
	ck_assert_str_eq(buf_cstr(&b),
			 edits[_i].mended ? edits[_i].mended : edits[_i].src);
	buf_release(&b);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_blocking_suite(void)
{
	Suite *s = suite_create("rust_rule_blocking");
	TCase *tc = tcase_create("blocking");

	add_rule_rows(tc, rule_blocking_in_async, hits, misses);
	add_rows(tc, an_edit_is_made_where_it_is_mechanical, edits);
	suite_add_tcase(s, tc);
	return s;
}
