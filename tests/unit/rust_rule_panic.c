#include "rule_rows.h"
#include "rust/rule.h"

static const struct hit inputs[] = {
	{ "fn f(id: D) { Url::parse(&format!(\"a://{id}\")).unwrap() }", "1",
	  NULL },
	{ "fn f(&self) { let a = format!(\"{}:80\", self.host()); "
	  "a.parse().unwrap() }",
	  "1", NULL },
	{ "fn f(b: &[u8]) { let mut e = BufWriter::new(sock); "
	  "e.write_all(b).unwrap() }",
	  "1", NULL },
	{ "fn f(a: bool, h: &str) { let b = if a { \"[::]:0\" } else { h }"
	  ".parse().unwrap(); }",
	  "1", NULL },
	{ "impl Db { fn test_connection(&self) { a.connect().unwrap() } }", "1",
	  NULL },
	{ "impl Latest { fn f(&self, a: &str) { a.parse().unwrap() } }", "1",
	  NULL },
	{ "/// Tests whether it answers.\n"
	  "fn f(a: &str) { a.parse().unwrap() }",
	  "2", NULL },
	{ "fn f(x: &str) { format!(\"{x}\").parse().unwrap() }", "1", NULL },
	{ "fn f(a: &str) { a.parse().unwrap() }", "1", NULL },
	{ "fn f(a: &str) {\n let b: u16 = a.trim()\n  .parse()\n  "
	  ".unwrap();\n}",
	  "4", NULL },
	{ "fn f(a: &str) { a.parse::<Vec<u8>>().unwrap() }", "1", NULL },
	{ "fn f(a: &str) { u16::from_str(a).unwrap() }", "1", NULL },
	{ "fn f(a: &str) { serde_json::from_str::<B>(a).unwrap() }", "1",
	  NULL },
	{ "fn f(a: &[u8]) { serde_json::from_slice(a).expect(\"json\") }", "1",
	  NULL },
	{ "fn f(a: Vec<u8>) { String::from_utf8(a).unwrap() }", "1", NULL },
	{ "fn f(a: &[u8]) { std::str::from_utf8(&a[1..]).unwrap() }", "1",
	  NULL },
	{ "async fn f(rx: R) { rx.recv().await.unwrap() }", "1", NULL },
	{ "async fn f(tx: T, a: A) { tx.send(a).await.unwrap(); }", "1", NULL },
	{ "fn f(tx: T, a: A) { tx.send(a).expect(\"receiver dropped\") }", "1",
	  NULL },
	{ "fn f(k: &str) { std::env::var(k).unwrap() }", "1", NULL },
	{ "fn f(p: &Path) { std::fs::read(p).unwrap() }", "1", NULL },
	{ "fn f(p: &Path) { File::open(p).map_err(E::Io).unwrap() }", "1",
	  NULL },
	{ "fn f(p: &Path) { fs::read_dir(p).ok().unwrap() }", "1", NULL },
	{ "async fn f(a: &str) { TcpStream::connect(a).await.unwrap() }", "1",
	  NULL },
	{ "async fn f(l: L) { let (s, _) = l.accept().await.unwrap(); }", "1",
	  NULL },
	{ "async fn f(r: Response) { r.json::<B>().await.unwrap() }", "1",
	  NULL },
	{ "fn f(h: &HeaderValue) { h.to_str().unwrap() }", "1", NULL },
	{ "fn f(r: &mut R, b: &mut [u8]) { r.read_exact(b).unwrap() }", "1",
	  NULL },
	{ "fn f(s: &str) { Url::parse(s).is_ok(); Uuid::parse_str(s).unwrap() "
	  "}",
	  "1", NULL },
	{ "impl A { fn f(&self) { self.url.parse().unwrap() } }", "1", NULL },
	{ "fn f(s: &str) { format!(\"{s}:80\").parse().unwrap() }", "1", NULL },
	{ "async fn f(q: Q, p: P) { q.fetch_one(&p).await.unwrap() }", "1",
	  NULL },
	{ "fn f() { std::env::var(\"HOME\").unwrap() }", "1", NULL },
	{ "fn f() { env::var(\"PORT\").unwrap().parse::<u16>() }", "1", NULL },
	{ "fn f() { fs::read_to_string(\"a.toml\").unwrap() }", "1", NULL },
	{ "fn f(tx: T) { tx.send(1).unwrap() }", "1", NULL },
	{ "fn f(a: &str) { a.parse().unwrap() }", "1", "src/builder.rs" },
	{ "fn f(a: &str) { a.parse().unwrap() }", "1", "src/descriptor.rs" },
	{ "fn f(a: &str) { a.parse().unwrap() }", "1", "client/src/latest.rs" },
	{ "fn f(a: &str) {\n // as it came\n a.parse().unwrap()\n}", "3",
	  NULL },
};

static const struct miss no_inputs[] = {
	{ "fn f() { toml::from_str(indoc! {r#\"a = 1\"#}).unwrap() }",
	  "a literal", NULL },
	{ "fn f(n: u64) { V::from_str(&format!(\"{:x}\", n.get())).unwrap() }",
	  "digits", NULL },
	{ "fn f(n: u64) { V::from_str(&format!(\"{n:016x}\")).unwrap() }",
	  "digits", NULL },
	{ "fn f(&self) {\n"
	  " let a = format!(\"http://localhost:{}\", self.addr.port());\n"
	  " b(a.parse().unwrap())\n}",
	  "a literal and a port", NULL },
	{ "fn f(port: u16) { format!(\"[::1]:{port}\").parse().unwrap() }",
	  "a literal and a port", NULL },
	{ "fn f(a: bool) { let b: SocketAddr = if a { \"[::]:0\" } else { "
	  "\"0.0.0.0:0\" }.parse().unwrap(); }",
	  "one literal or the other", NULL },
	{ "fn f() { let a = \"[::]:0\"; a.parse().unwrap() }", "a literal",
	  NULL },
	{ "fn f(b: &[u8]) { let mut e = GzEncoder::new(Vec::new(), C); "
	  "e.write_all(b).unwrap() }",
	  "memory", NULL },
	{ "fn f(b: &[u8]) { let mut e = vec![]; e.write_all(b).unwrap() }",
	  "memory", NULL },
	{ "impl TestServer { fn f(&self) { self.url.parse().unwrap() } }",
	  "a test's", NULL },
	{ "/// A sink, meant for testing.\nstruct A;\n"
	  "impl A { fn f(&self) { self.tx.send(1).unwrap() } }",
	  "documented as a test's", NULL },
	{ "mod test_util { fn f(a: &str) { a.parse().unwrap() } }", "a test's",
	  NULL },
	{ "impl A { fn examples(a: &str) { a.parse().unwrap() } }",
	  "makes examples", NULL },
	{ "impl G for A { fn generate_config() { a(B).parse().unwrap() } }",
	  "makes an example", NULL },
	{ "/// # Panics\n/// If it is none.\n"
	  "pub fn f(a: &str) { a.parse().unwrap() }",
	  "documented", NULL },
	{ "fn f() { \"127.0.0.1:0\".parse().unwrap() }", "a literal", NULL },
	{ "fn f() { ADDRESS.parse().unwrap() }", "a constant", NULL },
	{ "fn f() { u16::from_str(\"80\").unwrap() }", "a literal", NULL },
	{ "fn f() { serde_json::from_str(SCHEMA).unwrap() }", "a constant",
	  NULL },
	{ "fn f() { serde_json::from_str(include_str!(\"a.json\")).unwrap() }",
	  "a file of the build", NULL },
	{ "fn f() { env!(\"CARGO_PKG_VERSION\").parse().unwrap() }",
	  "the compiler's", NULL },
	{ "fn f() { Self::DEFAULT.parse().unwrap() }", "a constant", NULL },
	{ "fn f(a: &str) { a.parse().unwrap_or(80) }", "has a default", NULL },
	{ "fn f(a: &str) -> R { a.parse()? }", "hands it on", NULL },
	{ "fn f(a: &str) { a.parse().unwrap_err() }", "wants the error", NULL },
	{ "fn f(m: &M) { m.lock().unwrap() }", "a lock", NULL },
	{ "fn f(m: &M) { m.read().unwrap() }", "a lock", NULL },
	{ "fn f() { Regex::new(\"a\").unwrap() }", "a literal", NULL },
	{ "fn f(s: &mut String) { write!(s, \"a\").unwrap() }", "cannot fail",
	  NULL },
	{ "fn f(a: &[u8]) { a.first().unwrap() }", "the program's own", NULL },
	{ "fn f(h: H) { h.join().unwrap() }", "a panic handed on", NULL },
	{ "fn f(a: &str) { a.parse().expect(\"checked above\") }", "says why",
	  NULL },
	{ "fn f(a: &str) {\n // never fails: the lexer saw digits\n "
	  "a.parse().unwrap()\n}",
	  "a comment says why", NULL },
	{ "fn f(a: &str) { a.parse().unwrap() // validated by the caller\n}",
	  "a comment says why", NULL },
	{ "fn main() { std::env::var(\"A\").unwrap(); }", "main", NULL },
	{ "fn f(a: &str) { a.parse().unwrap() }", "a program", "src/bin/a.rs" },
	{ "fn f(a: &str) { a.parse().unwrap() }", "a command line",
	  "crates/cli/src/a.rs" },
	{ "fn f(a: &str) { a.parse().unwrap() }", "for tests",
	  "src/test_utils.rs" },
	{ "fn f(a: &str) { a.parse().unwrap() }", "a build script",
	  "build.rs" },
	{ "fn f(p: &P, v: &mut V) { accept(p, v).unwrap(); "
	  "p.accept(v).unwrap() "
	  "}",
	  "a visitor", NULL },
	{ "fn f(a: A) { a.parse(b, c).map(|d| d.len()).unwrap_or(0) }",
	  "has a default", NULL },
	{ "fn f() { quote! { #a.parse().unwrap() } }", "other code", NULL },
	{ "fn f(p: Parser) { p.parse.unwrap() }", "a field", NULL },
	{ "fn f() { Url::parse(&format!(\"{}://\", SCHEME)).unwrap() }",
	  "a constant", NULL },
};

static const struct hit drops[] = {
	{ "impl Drop for A { fn drop(&mut self) { self.a.unwrap(); } }", "1",
	  NULL },
	{ "impl Drop for A {\n fn drop(&mut self) {\n  self.f.flush()\n   "
	  ".unwrap();\n }\n}",
	  "4", NULL },
	{ "impl Drop for A { fn drop(&mut self) { self.a.expect(\"a\"); } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { panic!(\"leaked\"); } }", "1",
	  NULL },
	{ "impl Drop for A { fn drop(&mut self) { if self.a { panic!() } } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { self.b.take().unwrap(); } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { unimplemented!() } }", "1",
	  NULL },
	{ "impl Drop for A { fn drop(&mut self) { todo!() } }", "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { self.m.lock().unwrap(); } }",
	  "1", NULL },
	{ "impl<T> Drop for A<T> { fn drop(&mut self) { self.a.unwrap(); } }",
	  "1", NULL },
	{ "impl<'a> Drop for A<'a> { fn drop(&mut self) { a.unwrap(); } }", "1",
	  NULL },
	{ "impl std::ops::Drop for A { fn drop(&mut self) { a.unwrap(); } }",
	  "1", NULL },
	{ "impl core::ops::Drop for A { fn drop(&mut self) { a.unwrap(); } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { let b = || c.unwrap(); b() "
	  "} }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { for b in &c { b.unwrap(); } "
	  "} }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { let Some(b) = c else { "
	  "panic!() }; } }",
	  "1", NULL },
	{ "impl Drop for A {\n fn drop(&mut self) {\n  a.unwrap();\n  "
	  "b.unwrap();\n }\n}",
	  "3 4", NULL },
	{ "mod m { impl Drop for A { fn drop(&mut self) { a.unwrap(); } } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { match b { C => d.unwrap(), _ "
	  "=> {} } } }",
	  "1", NULL },
	{ "impl Drop for A { fn drop(&mut self) { handle.join().unwrap(); } }",
	  "1", "src/main.rs" },
	{ "impl Drop for A { fn drop(&mut self) { tx.send(()).unwrap(); } }",
	  "1", NULL },
};

static const struct miss no_drops[] = {
	{ "impl Drop for A { fn drop(&mut self) { let _ = a.b(); } }",
	  "ignores the error", NULL },
	{ "impl Drop for A { fn drop(&mut self) { if let Err(e) = a.b() {} } }",
	  "handles it", NULL },
	{ "impl Drop for A { fn drop(&mut self) { a.unwrap_or_default(); } }",
	  "a default", NULL },
	{ "impl Drop for A { fn drop(&mut self) { if !std::thread::panicking() "
	  "{ a.unwrap(); } } }",
	  "asks first", NULL },
	{ "impl Drop for A { fn drop(&mut self) { if thread::panicking() { "
	  "return; } panic!() } }",
	  "asks first", NULL },
	{ "impl Drop for A { fn drop(&mut self) { debug_assert!(self.a); } }",
	  "not in release", NULL },
	{ "impl Drop for A { fn drop(&mut self) { unreachable!() } }",
	  "says it cannot be", NULL },
	{ "impl Drop for A { fn drop(&mut self) { self.a.expect(\"set in "
	  "new, never taken\"); } }",
	  "says why", NULL },
	{ "impl Drop for A { fn drop(&mut self) {\n // always set in new\n "
	  "self.a.unwrap();\n} }",
	  "a comment says why", NULL },
	{ "impl Drop for A { fn drop(&mut self) { spawn(async move { "
	  "a.unwrap(); }); } }",
	  "runs elsewhere", NULL },
	{ "impl A { fn drop(&mut self) { a.unwrap(); } }", "another drop",
	  NULL },
	{ "fn drop(a: A) { a.unwrap(); }", "a function", NULL },
	{ "impl Drop for A { fn drop(&mut self) { assert!(self.a); } }",
	  "meant to be seen", NULL },
	{ "impl Drops for A { fn drop(&mut self) { a.unwrap(); } }",
	  "another trait", NULL },
	{ "impl Drop for A { fn drop(&mut self) { self.close(); } }\nimpl A { "
	  "fn close(&mut self) { a.unwrap(); } }",
	  "in what it calls", NULL },
	{ "fn f() { drop(a.unwrap()); }", "before it", NULL },
	{ "impl Drop for A { fn drop(&mut self) { /* a.unwrap() */ } }",
	  "a comment", NULL },
	{ "impl Drop for A { fn drop(&mut self) { log(\"panic!()\"); } }",
	  "a string", NULL },
	{ "macro_rules! m { () => { impl Drop for A { fn drop(&mut self) { "
	  "a.unwrap(); } } } }",
	  "a macro's definition", NULL },
	{ "fn f() { quote! { impl Drop for A { fn drop(&mut self) { "
	  "a.unwrap(); } } } }",
	  "other code", NULL },
	{ "trait Drop { fn drop(&mut self) { a.unwrap(); } }", "a trait's",
	  NULL },
	{ "impl Drop for A { fn drop(&mut self); }", "no body", NULL },
};

/* Three, which with what a row has make five; alone they are too few. */
#define MORE "\nfn m() { m.unwrap(); m.unwrap(); m.unwrap() }"

static const struct change_hit counts[] = {
	{ "fn f() {\n}", "fn f() {\n a.unwrap();\n b.unwrap();\n}" MORE, "2" },
	{ "fn f() {\n}", "fn f() {\n a.unwrap(); b.unwrap();\n}" MORE, "2" },
	{ "fn f() {\n}", "fn f() {\n a.unwrap();\n panic!();\n}" MORE, "2" },
	{ "fn f() {\n}", "fn f() {\n panic!();\n panic!();\n}" MORE, "2" },
	{ "fn f() {\n a.unwrap();\n}",
	  "fn f() {\n a.unwrap();\n b.unwrap();\n c.unwrap();\n}" MORE, "3" },
	{ "\n", "fn f() { a.first().unwrap().b().unwrap() }" MORE, "1" },
	{ "\n", "fn f() { let b = || a.unwrap(); c.unwrap() }" MORE, "1" },
	{ "\n", "async fn f() { a.await.unwrap(); b.await.unwrap() }" MORE,
	  "1" },
	{ "\n", "fn f() { match a { B => panic!(), _ => c.unwrap() } }" MORE,
	  "1" },
	{ "\n", "fn f() { g(a.unwrap(), b.unwrap(), c.unwrap()) }" MORE, "1" },
	{ "\n", "fn f() { a.unwrap_err(); b.unwrap_err() }" MORE, "1" },
	{ "\n",
	  "impl A { fn f(&self) { self.a.unwrap(); self.b.unwrap() } }" MORE,
	  "1" },
	{ "\n", "select! { a = b => { a.unwrap(); c.unwrap() } }" MORE, "1" },
	{ "fn f() {\n a.b()?;\n c.d()?;\n}",
	  "fn f() {\n a.b().unwrap();\n c.d().unwrap();\n}" MORE, "2" },
	{ "\n", "fn f() { Regex::new(a).unwrap(); b.parse().unwrap() }" MORE,
	  "1" },
	{ "\n", "fn f() { a.lock(b).unwrap(); c.read(d).unwrap() }" MORE, "1" },
	{ "\n",
	  "fn f() { register_a(b).unwrap(); register_c(d).unwrap() }" MORE,
	  "1" },
	{ "\n", "static A: B = { fn f() { a.unwrap(); b.unwrap() } C };" MORE,
	  "1" },
	{ "\n", "fn f() { write(a, b).unwrap(); write(c, d).unwrap() }" MORE,
	  "1" },
	{ "\n", "mod m { fn f() { a.unwrap(); b.unwrap() } }" MORE, "1" },
	{ "\n", "cfg_rt! { fn f() { a.unwrap(); b.unwrap() } }" MORE, "1" },
	{ "fn f() { a.unwrap() }",
	  "fn f() { a.unwrap().b.unwrap().c.unwrap() }" MORE, "1" },
};

static const struct change_miss no_counts[] = {
	{ "\n",
	  "static A: LazyLock<B> = LazyLock::new(|| c().unwrap());\n"
	  "fn f() { static D: L<B> = L::new(|| h().unwrap()); }" MORE,
	  "runs once, for a static" },
	{ "\n",
	  "lazy_static! {\n static ref A: B = { c().unwrap(); d().unwrap() };"
	  "\n}" MORE,
	  "runs once, for a static" },
	{ "\n",
	  "fn f() { register_int_gauge!(A, b).unwrap(); "
	  "p::register_histogram!(C, d).unwrap() }" MORE,
	  "fails only when two metrics have one name" },
	{ "\n", "fn f() { a.expect(\"b\"); c.expect(\"d\") }" MORE,
	  "messages say why" },
	{ "\n", "fn f() { panic!(\"b\"); panic!(\"d {e}\") }" MORE,
	  "messages say why" },
	{ "\n", "fn examples() { a.unwrap(); b.unwrap() }" MORE,
	  "an example's" },
	{ "\n", "impl MockA { fn f() { a.unwrap(); b.unwrap() } }" MORE,
	  "a mock's" },
	{ "\n",
	  "/// # Panics\n/// Never.\nfn f() { a.unwrap(); b.unwrap() }" MORE,
	  "documented" },
	{ "\n", "fn f() { a.unwrap() }" MORE, "four are not worth a word" },
	{ "fn f() {\n a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n"
	  " a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n"
	  " a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n}",
	  "fn f() {\n a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n"
	  " a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n"
	  " a.unwrap(); a.unwrap(); a.unwrap(); a.unwrap();\n"
	  " b.unwrap();\n c.unwrap();\n}" MORE,
	  "the file has many" },
	{ "fn f() {\n a.unwrap();\n b.unwrap();\n}",
	  "fn f() {\n c.unwrap();\n d.unwrap();\n}" MORE,
	  "no more than there were" },
	{ "fn f() {\n a.unwrap();\n}",
	  "fn f() {\n b.unwrap();\n c.unwrap();\n}" MORE, "one more" },
	{ "fn f() { a.unwrap(); b.unwrap() }", "\n" MORE, "fewer" },
	{ "\n", "#[test]\nfn f() { a.unwrap(); b.unwrap() }" MORE, "a test" },
	{ "\n",
	  "#[cfg(test)]\nmod t { fn f() { a.unwrap(); b.unwrap() } }" MORE,
	  "test code" },
	{ "\n", "macro_rules! m { () => { a.unwrap(); b.unwrap() } }" MORE,
	  "a macro's definition" },
	{ "\n", "fn f() { quote! { a.unwrap(); b.unwrap() } }" MORE,
	  "other code" },
	{ "\n",
	  "fn f() { a.lock().unwrap(); b.read().unwrap(); "
	  "c.write().unwrap() }" MORE,
	  "locks" },
	{ "\n",
	  "fn f() { write!(a, \"b\").unwrap(); writeln!(a).unwrap() }" MORE,
	  "write! to a String" },
	{ "\n",
	  "fn f() { Regex::new(\"a\").unwrap(); "
	  "Regex::new(r\"b\").unwrap() }" MORE,
	  "literals" },
	{ "\n",
	  "fn f() { \"1\".parse().unwrap(); \"2\".parse().unwrap() }" MORE,
	  "literals" },
	{ "\n", "const A: B = c().unwrap();\nconst D: B = e().unwrap();" MORE,
	  "the compiler's to work out" },
	{ "\n", "fn f() { a.unwrap_or(1); b.unwrap_or_else(c) }" MORE,
	  "defaults" },
	{ "\n", "fn f() { unreachable!(); unreachable!() }" MORE,
	  "says it cannot be" },
	{ "\n", "fn f() { assert!(a); assert_eq!(b, c) }" MORE, "assertions" },
	{ "\n", "fn f() { p.expect(T::A); p.expect(T::B) }" MORE,
	  "a parser's" },
	{ "\n", "// a.unwrap() b.unwrap()\nfn f() {}" MORE, "a comment" },
	{ "\n", "/// ```\n/// a.unwrap(); b.unwrap();\n/// ```\nfn f() {}" MORE,
	  "documentation" },
	{ "\n", "fn unwrap() {}\nfn f() { unwrap(); unwrap() }" MORE,
	  "functions" },
	{ "\n", "fn f() { log(\"a.unwrap() b.unwrap()\") }" MORE, "a string" },
};

RULE_TABLES(rule_panic_on_input, inputs, no_inputs)
RULE_TABLES(rule_panic_in_drop, drops, no_drops)
RULE_CHANGES(rule_plain_panic, counts, no_counts)

static const struct change_miss customary[] = {
	{ "fn f() {\n a.recv().unwrap();\n}",
	  "fn f() {\n g(b.recv().unwrap());\n}", "touched in part" },
	{ "fn f() {\n a.recv().unwrap();\n b.recv().unwrap();\n"
	  " c.recv().unwrap();\n}",
	  "fn f() {\n a.recv().unwrap();\n b.recv().unwrap();\n"
	  " c.recv().unwrap();\n d.recv().unwrap();\n}",
	  "the file's custom" },
};

START_TEST(what_a_file_always_did_is_not_asked_about)
{
	change_check(&rule_panic_on_input, customary[_i].was, customary[_i].now,
		     "", customary[_i].why);
}
END_TEST

START_TEST(one_more_than_before_is_asked_about)
{
	change_check(&rule_panic_on_input, "fn f() {\n a.recv().unwrap();\n}",
		     "fn f() {\n a.recv().unwrap();\n b.recv().unwrap();\n}",
		     "3", "hit");
}
END_TEST

START_TEST(panics_are_counted_over_all_files)
{
	struct rule_file files[2];
	struct rule_try t;
	struct buf b = { 0 };

	rule_try_change(&t, NULL, "fn f() { a.unwrap() }\n",
			"fn f() { a.unwrap() }\nfn g() { panic!() }\n"
			"fn h() { b.unwrap(); d.unwrap(); "
			"i.expect(\"c\") }\n");
	files[0] = files[1] = t.file;
	t.input.file = files;
	t.input.files = 2;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.groups.len, 1);
	rule_group_write(&b, &t.report.groups.ptr[0]);
	ck_assert_msg(strstr(buf_cstr(&b),
			     "4 `unwrap`, 2 `panic!` added in 2 files (2 "
			     "before, 8 after in the files of the change)"),
		      "%s", buf_cstr(&b));
	buf_reset(&b);
	t.input.existing = true;
	rules_run(&t.report, &t.arena, &t.input);
	rule_group_write(&b, &t.report.groups.ptr[0]);
	ck_assert_msg(strstr(buf_cstr(&b), "2 `panic!` in 2 files;"), "%s",
		      buf_cstr(&b));
	buf_release(&b);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_panic_suite(void)
{
	Suite *s = suite_create("rust_rule_panic");
	TCase *tc = tcase_create("panics");

	add_rule_rows(tc, rule_panic_on_input, inputs, no_inputs);
	add_rule_rows(tc, rule_panic_in_drop, drops, no_drops);
	add_rule_rows(tc, rule_plain_panic, counts, no_counts);
	add_rows(tc, what_a_file_always_did_is_not_asked_about, customary);
	tcase_add_test(tc, one_more_than_before_is_asked_about);
	tcase_add_test(tc, panics_are_counted_over_all_files);
	suite_add_tcase(s, tc);
	return s;
}
