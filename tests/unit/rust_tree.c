#include "rust/tree.h"

#include "base/buf.h"
#include "rust_invariants.h"
#include "test.h"

/*
 * Each bracket as its pair's number, `x` when it has no partner: what
 * `( [ ] ) {` is, is `0 1 1 0 x`.
 */
static const struct {
	const char *src, *pairs;
	unsigned flags;
} groups[] = {
	{ "", "", 0 },
	{ "a", "", 0 },
	{ "([{}]) ()", "0 1 2 2 1 0 3 3", 0 },
	{ "(\"(\") // )\n['(']", "0 0 1 1", 0 },
	{ "{", "x", TREE_DAMAGED },
	{ "}", "x", TREE_DAMAGED },
	{ "(]", "x x", TREE_DAMAGED },
	{ "([)", "0 x 0", TREE_DAMAGED },
	/* a parenthesis never closes across a brace */
	{ "({)}", "x 1 x 1", TREE_DAMAGED },
	{ "a ( { b }", "x 1 1", TREE_DAMAGED },
	/* a missing brace: the layout says whose */
	{ "fn a {\n    if b {\n}\nfn c {\n}\n", "0 x 0 2 2", TREE_DAMAGED },
	{ "m {\n  a {\n    b {\n  }\n  c {\n  }\n}\n", "0 1 x 1 3 3 0",
	  TREE_DAMAGED },
	/* one too many */
	{ "m {\n  a {\n    }\n  }\n  c {\n  }\n}\n", "0 1 x 1 3 3 0",
	  TREE_DAMAGED },
	{ "a {\n}\n}\nb {\n}\n", "0 0 x 2 2", TREE_DAMAGED },
	/* a missing parenthesis ends with its block */
	{ "fn a {\n  b(c;\n}\nfn d {\n}\n", "0 x 0 2 2", TREE_DAMAGED },
	/* tabs, and a brace on a line of its own */
	{ "fn a\n{\n\tif b {\n}\nfn c\n{\n}\n", "0 x 0 2 2", TREE_DAMAGED },
	/* indented less than what it closes: no layout to go by */
	{ "(\n  a {\n }", "x 1 1", TREE_DAMAGED },
};

static const char *pairs_of(const struct tree *t, struct buf *out)
{
	const struct lexer *lx = t->lx;
	unsigned next = 0, *number;
	struct arena a = { 0 };

	number = arena_array(&a, lx->count + 1, sizeof(*number));
	for (uint32_t i = 0; i < lx->count; i++) {
		const char *sep = out->len ? " " : "";

		if (lexer_opens(lx->tok[i].kind))
			number[i] = next++;
		else if (!lexer_closes(lx->tok[i].kind))
			continue;
		if (!tree_paired(t, i))
			buf_addf(out, "%sx", sep);
		else
			buf_addf(out, "%s%u", sep,
				 number[t->mate[i] < i ? t->mate[i] : i]);
		next += lexer_closes(lx->tok[i].kind) && !tree_paired(t, i);
	}
	arena_release(&a);
	return buf_cstr(out);
}

START_TEST(brackets_find_their_partners)
{
	struct reading r = { 0 };
	struct buf out = { 0 };

	reading_run(&r, span_of(groups[_i].src));
	ck_assert_str_eq(pairs_of(&r.tree, &out), groups[_i].pairs);
	ck_assert_uint_eq(r.tree.flags, groups[_i].flags);
	buf_release(&out);
	arena_release(&r.arena);
}
END_TEST

START_TEST(groups_nest_wherever_the_input_is_cut)
{
	ck_assert_pstr_eq(reading_broken_cut(span_of(groups[_i].src)), NULL);
}
END_TEST

START_TEST(nesting_beyond_the_bound_is_flagged)
{
	struct arena a = { 0 };
	struct buf deep = { 0 };
	struct lexer lx;
	struct tree t;

	for (unsigned i = 0; i < TREE_DEPTH_MAX + (unsigned)_i; i++)
		buf_addc(&deep, '(');
	for (unsigned i = 0; i < TREE_DEPTH_MAX + (unsigned)_i; i++)
		buf_addc(&deep, ')');
	lexer_run(&lx, &a, buf_span(&deep));
	tree_build(&t, &a, &lx);
	ck_assert_uint_eq(t.flags, _i ? TREE_DEEP : 0);
	ck_assert_uint_eq(t.depth, TREE_DEPTH_MAX + (unsigned)_i);
	buf_release(&deep);
	arena_release(&a);
}
END_TEST

/* A `|` stands where each statement begins. */
static const struct {
	const char *src, *marked;
} statements[] = {
	{ "a; b;", "|a; |b;" },
	{ "fn f() { a; b }", "|fn f() { |a; |b }" },
	{ "let x = a { b } + c; d", "|let x = a { |b } + c; |d" },
	{ "let x = match y { A => b, C => d }; e",
	  "|let x = match y { |A => b, |C => d }; |e" },
	{ "match y { A => { b } C | D => e }",
	  "|match y { |A => { |b } |C | D => e }" },
	{ "if a { b } else { c } d", "|if a { |b } else { |c } |d" },
	{ "if a { b } *c = d; e", "|if a { |b } |*c = d; |e" },
	{ "loop { a } (b).c(d, e)", "|loop { |a } |(|b).c(|d, |e)" },
	{ "a.b(|c| { d }).e; f", "|a.b(||c| { |d }).e; |f" },
	{ "let m: Map<K, V> = a; b", "|let m: Map<K, V> = a; |b" },
	{ "S { a: M::<K, V>::b(), c: d }", "|S { |a: M::<K, V>::b(), |c: d }" },
	{ "x = S { a } == y; z", "|x = S { |a } == y; |z" },
	{ "f::<A, B>(a, b)", "|f::<A, B>(|a, |b)" },
	{ "#[a] #[b] let x = y; #[c] fn d() {} e",
	  "|#[|a] #[|b] let x = y; |#[|c] fn d() {} |e" },
	{ "unsafe { a } b", "|unsafe { |a } |b" },
	{ "'a: loop { b } c", "|'a: loop { |b } |c" },
	{ "v! { a } - b", "|v! { |a } |- b" },
	{ "if let S { a } = b { c }", "|if let S { |a } = b { |c }" },
	{ "for S { a } in b { c } d", "|for S { |a } in b { |c } |d" },
	{ "enum E { A(B, C), D { e: F } } g",
	  "|enum E { |A(|B, |C), |D { |e: F } } |g" },
};

static const char *mark(const struct tree *t, struct buf *out)
{
	struct lexer_piece it = { 0 };

	while (lexer_piece(&it, t->lx)) {
		uint32_t i = it.next_token - 1;

		if (it.token && t->first[i] == i &&
		    !(lexer_closes(it.token->kind) && tree_paired(t, i)))
			buf_addc(out, '|');
		buf_addsp(out, it.text);
	}
	return buf_cstr(out);
}

START_TEST(statements_begin_where_a_reader_sees_them)
{
	struct reading r = { 0 };
	struct buf out = { 0 };

	reading_run(&r, span_of(statements[_i].src));
	ck_assert_str_eq(mark(&r.tree, &out), statements[_i].marked);
	ck_assert_pstr_eq(reading_broken_cut(span_of(statements[_i].src)),
			  NULL);
	buf_release(&out);
	arena_release(&r.arena);
}
END_TEST

Suite *rust_tree_suite(void)
{
	Suite *s = suite_create("rust_tree");
	TCase *tc = tcase_create("tree");

	add_rows(tc, brackets_find_their_partners, groups);
	add_rows(tc, groups_nest_wherever_the_input_is_cut, groups);
	tcase_add_loop_test(tc, nesting_beyond_the_bound_is_flagged, 0, 2);
	add_rows(tc, statements_begin_where_a_reader_sees_them, statements);
	suite_add_tcase(s, tc);
	return s;
}
