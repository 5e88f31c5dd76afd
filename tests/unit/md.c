#include "render/md.h"

#include <string.h>

#include "base/buf.h"
#include "render/entity.h"
#include "test.h"

/* A tree as one line: `p(text em(text))`. */
struct trace {
	struct buf out;
	unsigned depth, deepest;
};

static const char *const names[NODE_KINDS] = {
	[NODE_PARAGRAPH] = "p", [NODE_HEADING] = "h",
	[NODE_QUOTE] = "q",	[NODE_BULLETS] = "ul",
	[NODE_NUMBERS] = "ol",	[NODE_ITEM] = "li",
	[NODE_RULE] = "hr",	[NODE_CODE] = "pre",
	[NODE_TABLE] = "table", [NODE_ROW] = "tr",
	[NODE_CELL] = "td",	[NODE_EMPHASIS] = "em",
	[NODE_STRONG] = "b",	[NODE_CODE_SPAN] = "code",
	[NODE_LINK] = "a",	[NODE_BREAK] = "br",
};

static void enter(void *to, const struct md_node *n)
{
	struct trace *t = to;

	buf_adds(&t->out, names[n->kind]);
	if (n->level || n->start || n->columns)
		buf_addf(&t->out, "%u", n->level + n->start + n->columns);
	if (n->header)
		buf_addc(&t->out, '!');
	if (n->align)
		buf_addc(&t->out, "-lcr"[n->align]);
	if (n->task)
		buf_addf(&t->out, "[%c]", n->task);
	if (n->lang.len)
		buf_addf(&t->out, ":%.*s", SPAN_ARG(n->lang));
	if (n->href.len)
		buf_addf(&t->out, "%s:%.*s", n->local ? "" : "*",
			 SPAN_ARG(n->href));
	buf_addc(&t->out, '(');
	if (++t->depth > t->deepest)
		t->deepest = t->depth;
}

static void leave(void *to, const struct md_node *n)
{
	struct trace *t = to;

	(void)n;
	t->depth--;
	buf_addc(&t->out, ')');
}

static void text(void *to, struct span s)
{
	struct trace *t = to;

	buf_addsp(&t->out, s);
}

static int walk(struct trace *t, struct span in)
{
	const struct md_visitor v = { enter, leave, text, t, &t->out };

	return md_walk(&v, in);
}

static const struct {
	const char *in, *tree;
} trees[] = {
	{ "", "" },
	{ "a\nb", "p(a\nb)" },
	{ "a  \nb", "p(abr()b)" },
	{ "## a *b* **c** `d`", "h2(a em(b) b(c) code(d))" },
	{ "- a\n  - b", "ul(li(aul(li(b))))" },
	{ "- a\n\n- b", "ul(li(p(a))li(p(b)))" },
	{ "3. a", "ol3(li(a))" },
	{ "- [x] a\n- [ ] b", "ul(li[x](a)li[ ](b))" },
	{ "- [must-fix] a", "ul(li([must-fix] a))" },
	{ "> a", "q(p(a))" },
	{ "---", "hr()" },
	{ "```rust,ignore x\na\n b\n```", "pre:rust,ignore(a\n b\n)" },
	{ "    a\n\n    b", "pre(a\n\nb\n)" },
	{ "|a|b|\n|:--|--:|\n|c|",
	  "table2(tr!(td!l(a)td!r(b))tr(tdl(c)tdr()))" },
	{ "HEAD~2..HEAD~1 ~~a~~", "p(HEAD~2..HEAD~1 ~~a~~)" },
	/* what stands for a character */
	{ "&lt;b&gt; &amp;amp; &#65;&#x42; &nope; &amp",
	  "p(<b> &amp; AB &nope; "
	  "&amp)" },
	{ "`&lt;`", "p(code(&lt;))" },
	{ "\\<a\\*", "p(<a*)" },
	/* HTML is text */
	{ "<b>x</b><!-- y -->", "p(<b>x</b><!-- y -->)" },
	{ "<div>\n*x*", "p(<div>\nem(x))" },
	{ "Vec<u8>", "p(Vec<u8>)" },
	/* images are their words */
	{ "![a *b*](http://x/y.png)", "p(a b)" },
	{ "![a [b](c)](d) e", "p(a b e)" },
	{ "[![a](b)](c.md)", "p(a:c.md(a))" },
	{ "![a  \nb](c)", "p(a\nb)" },
	/* links: to a file, to the web, or text */
	{ "[a](src/b.rs#L3)", "p(a:src/b.rs#L3(a))" },
	{ "[a](HTTPS://b/c)", "p(a*:HTTPS://b/c(a))" },
	{ "<https://b>", "p(a*:https://b(https://b))" },
	{ "[a](javascript:b)", "p(a)" },
	{ "[a](&#106;avascript:b)", "p(a)" },
	{ "[a](javascript&colon;b)", "p(a)" },
	{ "[a](java&Tab;script:b)", "p(a)" },
	{ "[a](JaVaScRiPt:b)", "p(a)" },
	{ "[a](\x01javascript:b)", "p([a](\\u{1}javascript:b))" },
	{ "[a](<\x01javascript:b>)", "p(a)" },
	{ "[a](data:text/html,b)", "p(a)" },
	{ "[a](vbscript:b) [c](file:///d)", "p(a c)" },
	{ "<javascript:b>", "p(javascript:b)" },
	{ "[a](//b/c) [d](/e) [f](..) [g](h/../../i) [j](%2e%2e/k)",
	  "p(a d f g j)" },
	{ "[a](\\\\b\\c)", "p(a)" },
	{ "[a](<b c>)", "p(a)" },
	/* a definition is text: nothing would be shown of it */
	{ "[a]\n\n[a]: javascript:b", "p([a])p([a]: javascript:b)" },
	{ "[must-fix]: src/a.rs:5", "p([must-fix]: src/a.rs:5)" },
	{ "> - [a]: b \"c\"", "q(ul(li([a]: b \"c\")))" },
	{ "[a\nb]: c", "p([a\nb]: c)" },
	{ "<pre>\n\n[a]: b", "p(<pre>)p([a]: b)" },
	{ "<!--\n[a]: b", "p(<!--\n[a]: b)" },
	{ "[a](b) [c]", "p(a:b(a) [c])" },
	{ "[a](https://b)", "p(a*:https://b(a))" },
	{ "`a\nb`", "p(code(a b))" },
	{ "```\n[a]: b\n```", "pre([a]: b\n)" },
	/* nothing acts on what shows it */
	{ "a\x1b[31mb", "p(a\\u{1b}[31mb)" },
	{ "a&#27;b&#x202E;c&#x200B;", "p(a\\u{1b}b\\u{202e}c\\u{200b})" },
	{ "a&#0;b&#xD800;c&#x110000;", "p(a\xef\xbf\xbd"
				       "b\xef\xbf\xbd"
				       "c\xef\xbf\xbd)" },
	{ "\xff", "p(\\xff)" },
	{ "```\x1b\na\x1b\n```", "pre:\\u{1b}(a\\u{1b}\n)" },
	{ "[a](http://b/&#27;)", "p(a*:http://b/\\u{1b}(a))" },
};

START_TEST(a_text_is_walked_as_this_tree)
{
	struct trace t = { 0 };

	ck_assert_int_eq(walk(&t, span_of(trees[_i].in)), 0);
	ck_assert_str_eq(buf_cstr(&t.out), trees[_i].tree);
	ck_assert_uint_eq(t.depth, 0);
	buf_release(&t.out);
}
END_TEST

START_TEST(a_nul_byte_is_visible)
{
	struct trace t = { 0 };

	ck_assert_int_eq(walk(&t, SPAN("a\0b")), 0);
	ck_assert_str_eq(buf_cstr(&t.out), "p(a\\u{0}b)");
	buf_release(&t.out);
}
END_TEST

/* A piece, again and again, between a beginning and an end. */
static const struct {
	const char *begin, *piece, *end;
	size_t times;
	int rc;
} heavy[] = {
	{ "", "a ", "", MD_BYTES_MAX / 2, 0 },
	{ "", "a ", "b", MD_BYTES_MAX / 2, -1 },
	{ "", "> ", "a", 90, 0 },
	{ "", "> ", "a", 200, -1 },
	{ "", "- ", "a", 20000, -1 },
	{ "", "*a **b ", "", 30000, 0 },
	{ "", "[a](", "", 60000, 0 },
	{ "[a]: http://b\n\n", "[a]", "", 80000, 0 },
	{ "", "![", "", 100000, 0 },
	{ "", "`", "", 200000, 0 },
	{ "", "<!--", "", 60000, 0 },
	{ "", "&", "", 200000, 0 },
	{ "", "\\", "", 200000, 0 },
	{ "|a|\n|---|\n", "|\n", "", 60000, 0 },
};

START_TEST(a_heavy_text_is_shown_or_given_up)
{
	struct trace t = { 0 };
	struct buf in = { 0 };
	size_t i;

	buf_adds(&in, heavy[_i].begin);
	for (i = 0; i < heavy[_i].times; i++)
		buf_adds(&in, heavy[_i].piece);
	buf_adds(&in, heavy[_i].end);
	buf_adds(&t.out, "before");
	ck_assert_int_eq(walk(&t, buf_span(&in)), heavy[_i].rc);
	ck_assert_uint_le(t.deepest, MD_NODES_MAX);
	if (heavy[_i].rc)
		ck_assert_str_eq(buf_cstr(&t.out), "before");
	buf_release(&in);
	buf_release(&t.out);
}
END_TEST

/* A header of 20,000 cells, 10,000 rows of one. */
START_TEST(wide_tables_are_given_up)
{
	struct trace t = { 0 };
	struct buf in = { 0 };
	int i;

	for (i = 0; i < 20000; i++)
		buf_adds(&in, "|a");
	buf_adds(&in, "|\n");
	for (i = 0; i < 20000; i++)
		buf_adds(&in, "|---");
	buf_adds(&in, "|\n");
	for (i = 0; i < 10000; i++)
		buf_adds(&in, "|b|\n");
	ck_assert_int_eq(walk(&t, buf_span(&in)), -1);
	ck_assert_uint_eq(t.out.len, 0);
	buf_release(&in);
	buf_release(&t.out);
}
END_TEST

static const struct {
	const char *in;
	int32_t cp;
} entities[] = {
	{ "&lt;", '<' },
	{ "&Lt;", -1 },
	{ "&AElig;", 0xC6 },
	{ "&zwnj;", 0x200C },
	{ "&thetasym;", 0x3D1 },
	{ "&thetasymb;", -1 },
	{ "&;", -1 },
	{ "&", -1 },
	{ "&#;", -1 },
	{ "&#x;", -1 },
	{ "&#38;", '&' },
	{ "&#X26;", '&' },
	{ "&#xfF;", 0xFF },
	{ "&#1a;", -1 },
	{ "&#xg;", -1 },
	{ "&#1114112;", 0xFFFD },
	{ "&#12345678;", -1 },
	{ "&lt", -1 },
	{ "&\xff;", -1 },
};

START_TEST(a_reference_stands_for_this_character)
{
	ck_assert_int_eq(entity_find(span_of(entities[_i].in)),
			 entities[_i].cp);
}
END_TEST

Suite *md_suite(void)
{
	Suite *s = suite_create("md");
	TCase *tc = tcase_create("md");

	add_rows(tc, a_text_is_walked_as_this_tree, trees);
	add_rows(tc, a_heavy_text_is_shown_or_given_up, heavy);
	add_rows(tc, a_reference_stands_for_this_character, entities);
	tcase_add_test(tc, a_nul_byte_is_visible);
	tcase_add_test(tc, wide_tables_are_given_up);
	suite_add_tcase(s, tc);
	return s;
}
