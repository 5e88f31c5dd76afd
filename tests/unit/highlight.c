#include "cli/highlight.h"

#include "base/buf.h"
#include "test.h"

/* Each stretch that is not plain behind the first letter of its kind. */
static void spell(void *ctx, enum code_kind kind, struct span text)
{
	if (kind == CODE_PLAIN)
		buf_addsp(ctx, text);
	else
		buf_addf(ctx, "<%c:%.*s>", "pktfmsncla"[kind], SPAN_ARG(text));
}

static void join(void *ctx, enum code_kind kind, struct span text)
{
	(void)kind;
	buf_addsp(ctx, text);
}

static const struct {
	const char *code, *told;
} rows[] = {
	{ "", "" },
	{ "let a = 1;", "<k:let> a = <n:1>;" },
	{ "fn run<'a>(x: &'a Vec<u8>) -> Self {",
	  "<k:fn> run<<l:'a>>(x: &<l:'a> <t:Vec><u8>) -> <t:Self> {" },
	{ "run(1.5, \"b\", 'c', b\"d\", r#\"e\"#)",
	  "<f:run>(<n:1.5>, <s:\"b\">, <s:'c'>, <s:b\"d\">, <s:r#\"e\"#>)" },
	{ "println!(\"a\"); a != b; x!=y",
	  "<m:println>!(<s:\"a\">); a != b; x!=y" },
	{ "x.await; async move { dyn A }",
	  "x.<k:await>; <k:async> <k:move> { <k:dyn> <t:A> }" },
	{ "let auto = union; r#fn()", "<k:let> auto = union; <f:r#fn>()" },
	{ "// a\n/* b */ c /// d", "<c:// a>\n<c:/* b */> c <c:/// d>" },
	{ "#[derive(A, B)]\n#![allow(c)] d",
	  "<a:#><a:[><a:derive><a:(><a:A><a:,> <a:B><a:)><a:]>\n"
	  "<a:#><a:!><a:[><a:allow><a:(><a:c><a:)><a:]> d" },
	{ "# a", "# a" },
	{ "#[a", "<a:#><a:[><a:a>" },
	/* what is no Rust */
	{ "\"open", "<s:\"open>" },
	{ "\xff\x01", "\xff\x01" },
};

START_TEST(code_is_told_apart)
{
	struct buf b = { 0 };

	highlight_rust(span_of(rows[_i].code), spell, &b);
	ck_assert_str_eq(buf_cstr(&b), rows[_i].told);
	buf_release(&b);
}
END_TEST

START_TEST(stretches_are_the_whole_text)
{
	struct buf b = { 0 };

	highlight_rust(span_of(rows[_i].code), join, &b);
	ck_assert_str_eq(buf_cstr(&b), rows[_i].code);
	buf_release(&b);
}
END_TEST

Suite *highlight_suite(void)
{
	Suite *s = suite_create("highlight");
	TCase *tc = tcase_create("highlight");

	add_rows(tc, code_is_told_apart, rows);
	add_rows(tc, stretches_are_the_whole_text, rows);
	suite_add_tcase(s, tc);
	return s;
}
