#include "render/defuse.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "test.h"

extern char **environ;

/* What is written, and how it stands in a report; NULL: as it is. */
static const struct {
	const char *in, *out;
} rows[] = {
	/* text and code stay */
	{ "plain *text* with `code`, 1 < 2 && a <= b", NULL },
	{ "- [must-fix] src/a.rs:5 — `Vec<u8>`", NULL },
	{ "  > fn top(text: &str) -> Option<Vec<u8>> {", NULL },
	{ "  > x: Box<dyn Error + 'static>, y: <T as Trait>::Item", NULL },
	{ "- [ ] todo, - [x] done", NULL },
	{ "[`src/a.rs`](src/a.rs) [1]", NULL },
	{ "see [src/a.rs](src/a.rs#L5) and a[0](x)", NULL },
	{ "```rust\nlet a: Vec<b> = \"![a](http://x)\"; // <img>\n```", NULL },
	{ "- a\n\n  ```\n  <img src=x>\n  ```", NULL },
	{ "    <img src=x>", NULL },
	{ "`<img src=x>` and ``a ` <b>``", NULL },
	{ "> ```rust\n> let a = 1;\n> ```", NULL },
	{ "a | b\n---|---\n1 | 2", NULL },
	{ "\\<img> \\![a](b) \\\\", "\\<img> \\![a](b) \\\\" },
	/* HTML */
	{ "<img src=http://x>", "&lt;img src=http://x>" },
	{ "a <IMG SRC=x>", "a &lt;IMG SRC=x>" },
	{ "a <b>c</b>", "a &lt;b>c&lt;/b>" },
	{ "a <x style=\"a\">", "a &lt;x style=\"a\">" },
	{ "a <x\nonload=b>", "a &lt;x\nonload=b>" },
	{ "<T>\n![a](b)", "&lt;T>\n!\\[a](b)" },
	{ "a <!-- b --> c <?d?> <!E>", "a &lt;!-- b --> c &lt;?d?> &lt;!E>" },
	{ "<!-- a\n\n```\nb\n-->\n```", "&lt;!-- a\n\n```\nb\n-->\n```" },
	{ "- <pre>\n  a\n  </pre>", "- &lt;pre>\n  a\n  &lt;/pre>" },
	{ "<script src=//x></script>\nb",
	  "&lt;script src=//x>&lt;/script>\nb" },
	{ "text\n    <img>", "text\n    &lt;img>" },
	{ "> ```\n> <img>\n> ```", "> ```\n> &lt;img>\n> ```" },
	{ "\\\\<img>", "\\\\&lt;img>" },
	/* links and images */
	{ "![a](src/a.png)", "!\\[a](src/a.png)" },
	{ "[![a](http://x)](http://y)", "\\[!\\[a\\](http://x)\\](http://y)" },
	{ "[a](http://x)", "\\[a\\](http://x)" },
	{ "[a](//x) [b](/c) [d](<e>)", "\\[a\\](//x) [b\\](/c) [d\\](<e>)" },
	{ "[a](&#106;avascript:b)", "\\[a\\](&#106;avascript:b)" },
	{ "[a](\nhttp://x)", "\\[a\\](\nhttp://x)" },
	{ "<http://x> a <http://y> <a@b.c>",
	  "&lt;http://x> a &lt;http://y> &lt;a@b.c>" },
	{ "[a]: http://x", "\\[a]: http://x" },
	{ "> - [a]:\n>   http://x", "> - \\[a]:\n>   http://x" },
	{ "[a\nb]: http://x", "\\[a\nb]: http://x" },
	{ "[~[a\nb]: http://x", "\\[~[a\nb]: http://x" },
	{ "[a](b c)\nd]: http://x", "\\[a\\](b c)\nd]: http://x" },
	/* code that ends on another line is none */
	{ "a ` b\n<img> `", "a \\` b\n&lt;img> \\`" },
	{ "a `` b ` c `", "a \\`\\` b ` c `" },
	/* what is left open is closed */
	{ "```\na", "```\na\n```" },
};

START_TEST(what_loads_links_out_or_hides_becomes_text)
{
	const char *want = rows[_i].out ? rows[_i].out : rows[_i].in;
	struct buf b = { 0 };

	defuse_markdown(&b, span_of(rows[_i].in));
	ck_assert_str_eq(buf_cstr(&b), want);
	buf_release(&b);
}
END_TEST

static const char *const payloads[] = {
	"<img src=http://e.x/a>",
	"<IMG\nSRC='http://e.x/a'>",
	"<a href=\"http://e.x\">a</a>",
	"<iframe src=http://e.x></iframe>",
	"<svg onload=fetch('http://e.x')>",
	"<div style=\"background:url(http://e.x)\">",
	"<q style='background:url(http://e.x)'>",
	"<custom-tag style='background:url(http://e.x)'>",
	"<script src=//e.x/a.js></script>",
	"<!--\n--><img src=http://e.x>",
	"<pre>\n<img src=http://e.x>\n</pre>",
	"<link rel=stylesheet href=http://e.x>",
	"<base href=http://e.x>",
	"<form action=http://e.x><input>",
	"<video poster=http://e.x>",
	"<object data=http://e.x>",
	"<meta http-equiv=refresh content='0;url=http://e.x'>",
	"</div><img src=http://e.x>",
	"<?x?><img src=http://e.x>",
	"<![CDATA[<img src=http://e.x>]]>",
	"![a](http://e.x/a)",
	"![a](<http://e.x/a>)",
	"![a](http://e.x/a \"t\")",
	"![a][r]\n\n[r]: http://e.x/a",
	"![r]\n\n[r]: <http://e.x/a>",
	"![r][]\n\n[r]:\n  http://e.x/a",
	"[a](http://e.x)",
	"[a](\thttp://e.x)",
	"[a](\nhttp://e.x)",
	"[a](javascript:alert(1))",
	"[a](JaVaScRiPt:alert(1))",
	"[a](&#106;avascript:alert(1))",
	"[a](java&Tab;script:alert(1))",
	"[a](data:text/html;base64,PHNjcmlwdD4=)",
	"[a](vbscript:x)",
	"[a](//e.x)",
	"[a](\\\\e.x)",
	"[![a](http://e.x/b)](http://e.x)",
	"[a [b](http://e.x)](http://e.x)",
	"[a]\n\n[a]: javascript:alert(1)",
	"[a\nb]\n\n[a\nb]: http://e.x",
	"<http://e.x>",
	"<javascript:alert(1)>",
	"<mailto:a@e.x>",
	"<a@e.x>",
	"` <img src=http://e.x>\n` <img src=http://e.x> `",
	"``` ` <img src=http://e.x> ` ```` <img src=http://e.x>",
	"\\`<img src=http://e.x>`",
	"\\\\<img src=http://e.x>",
	"<T>\n<img src=http://e.x>",
	"~~~\n~~~\n<img src=http://e.x>",
	"- ```\n<img src=http://e.x>",
	"> ```\n<img src=http://e.x>",
};

/* Around a payload, in turn. */
static const char *const places[] = {
	"%s",
	"text %s",
	"- [must-fix] src/a.rs:1 — %s",
	"> %s",
	"- a\n  > %s",
	"### %s",
	"| a |\n|---|\n| %s |",
	"text\n    %s",
	"1. a\n\n       %s\n\n   b %s",
};

/* Run cmark over `in`; false when the machine has none. */
static bool cmark(struct buf *html, struct span in)
{
	char *argv[] = { (char *)"cmark", (char *)"--unsafe", NULL };
	char part[4096];
	posix_spawn_file_actions_t act;
	FILE *f = tmpfile();
	int fd[2], status, rc;
	ssize_t n;
	pid_t pid;

	ck_assert(f && !pipe(fd));
	ck_assert_uint_eq(fwrite(in.ptr, 1, in.len, f), in.len);
	rewind(f);
	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, fileno(f), 0);
	posix_spawn_file_actions_adddup2(&act, fd[1], 1);
	posix_spawn_file_actions_addclose(&act, fd[0]);
	rc = posix_spawnp(&pid, argv[0], &act, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&act);
	close(fd[1]);
	while (!rc && (n = read(fd[0], part, sizeof(part))) > 0)
		buf_add(html, part, (size_t)n);
	close(fd[0]);
	fclose(f);
	if (rc)
		return false;
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The tags that Markdown itself makes; of these a link alone has a target. */
static bool harmless(struct span tag)
{
	static const char *const names[] = {
		"p",   "/p",   "ul",   "/ul",	"ol",	      "/ol",
		"li",  "/li",  "h3",   "/h3",	"br /",	      "hr /",
		"pre", "/pre", "code", "/code", "blockquote", "/blockquote",
		"em",  "/em",  "T"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_eqs(tag, names[i]))
			return true;
	return false;
}

/* T9: of no payload, wherever it stands, comes a tag or a target. */
START_TEST(cmark_makes_nothing_of_it_but_text)
{
	struct buf in = { 0 }, safe = { 0 }, html = { 0 };
	size_t n = sizeof(payloads) / sizeof(payloads[0]);
	struct span rest;
	ptrdiff_t at;

	for (size_t i = 0; i < n; i++) {
		struct span form = span_of(places[_i]);

		for (; (at = span_find(form, SPAN("%s"))) >= 0;
		     form = span_from(form, (size_t)at + 2)) {
			buf_add(&in, form.ptr, (size_t)at);
			buf_adds(&in, payloads[i]);
		}
		buf_addsp(&in, form);
		buf_adds(&in, "\n\n");
		defuse_markdown(&safe, buf_span(&in));
		buf_adds(&safe, "\n\n");
		buf_reset(&in);
	}
	if (!cmark(&html, buf_span(&safe))) {
		ck_assert_msg(!getenv("CI"), "cmark is missing");
		puts("defuse: no cmark here, its part is skipped");
	}
	rest = buf_span(&html);
	while ((at = span_chr(rest, '<')) >= 0) {
		struct span tag = span_from(rest, (size_t)at + 1);

		rest = tag;
		at = span_chr(tag, '>');
		ck_assert_int_ge(at, 0);
		tag = span_first(tag, (size_t)at);
		ck_assert_msg(harmless(tag), "<%.*s>", SPAN_ARG(tag));
	}
	buf_release(&in);
	buf_release(&safe);
	buf_release(&html);
}
END_TEST

/* Each would make a scanner that starts anew quadratic. */
static const char *const towers[] = {
	"<a", "[a](", "`",    "` ``", "![",   "<a:",   "> ",
	"- ", "[",    "<x y", "\\",   "<!--", "```\n", "> ```\n",
};

START_TEST(time_is_linear_whatever_comes)
{
	struct buf in = { 0 }, out = { 0 };

	while (in.len < 512 * 1024)
		buf_adds(&in, towers[_i]);
	defuse_markdown(&out, buf_span(&in));
	ck_assert_uint_ge(out.len, in.len);
	ck_assert_uint_le(out.len, 4 * in.len + 64);
	buf_release(&in);
	buf_release(&out);
}
END_TEST

Suite *defuse_suite(void)
{
	Suite *s = suite_create("defuse");
	TCase *tc = tcase_create("defuse");

	add_rows(tc, what_loads_links_out_or_hides_becomes_text, rows);
	add_rows(tc, cmark_makes_nothing_of_it_but_text, places);
	add_rows(tc, time_is_linear_whatever_comes, towers);
	suite_add_tcase(s, tc);
	return s;
}
