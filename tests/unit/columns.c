#include "base/columns.h"

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *text;
	unsigned columns, clusters;
} rows[] = {
	{ "", 0, 0 },
	{ "plain", 5, 5 },
	{ "caf\u00e9", 4, 4 },
	/* combining marks */
	{ "cafe\u0301", 4, 4 },
	{ "Z\u0351\u036b\u0343a", 2, 2 },
	{ "\u0301", 0, 1 },
	{ "\u0e01\u0e33\u0e49", 2, 2 },
	{ "\u0915\u094d\u0937\u093f", 3, 3 },
	{ "x\u20dd", 1, 1 },
	/* East Asian */
	{ "\u6f22\u5b57", 4, 2 },
	{ "\uff21\uff42", 4, 2 },
	{ "\uff76\uff9e", 2, 2 },
	{ "\ud55c\uae00", 4, 2 },
	{ "\u1112\u1161\u11ab", 2, 1 },
	{ "\u304b\u3099", 2, 1 },
	{ "\U00020000\U00031350", 4, 2 },
	{ "\u3000", 2, 1 },
	{ "\u3248", 1, 1 },
	/* ambiguous: one */
	{ "\u00b1\u2026\u2014\u25a0", 4, 4 },
	/* emoji */
	{ "\U0001f600", 2, 1 },
	{ "\u2764", 1, 1 },
	{ "\u2764\ufe0f", 2, 1 },
	{ "\u231a\ufe0e", 2, 1 },
	{ "1\ufe0f\u20e3", 2, 1 },
	{ "\U0001f44d\U0001f3fd", 2, 1 },
	{ "a\U0001f3fd", 3, 2 },
	{ "\U0001f468\u200d\U0001f469\u200d\U0001f467", 2, 1 },
	{ "\u2764\ufe0f\u200d\U0001f525!", 3, 2 },
	{ "\U0001f600\U0001f600", 4, 2 },
	{ "a\u200db", 2, 2 },
	/* flags */
	{ "\U0001f1e9\U0001f1ea", 2, 1 },
	{ "\U0001f1e9", 1, 1 },
	{ "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 4, 2 },
	{ "\U0001f1e9\U0001f1ea\U0001f1eb", 3, 2 },
	/* what is no text */
	{ "\xff\xfe", 2, 2 },
	{ "a\xcc", 2, 2 },
	{ "\xe6\xbc", 2, 2 },
};

START_TEST(a_text_takes_so_many_columns)
{
	struct span s = span_of(rows[_i].text);
	unsigned n = 0;

	ck_assert_uint_eq(columns_of(s), rows[_i].columns);
	for (; s.len; n++)
		columns_next(&s);
	ck_assert_uint_eq(n, rows[_i].clusters);
}
END_TEST

static const struct {
	const char *text;
	unsigned width;
	const char *fits;
} fits[] = {
	{ "abc", 3, "abc" },
	{ "abc", 2, "ab" },
	{ "abc", 0, "" },
	{ "", 4, "" },
	{ "\u6f22\u5b57", 3, "\u6f22" },
	{ "e\u0301e\u0301", 1, "e\u0301" },
	{ "\U0001f468\u200d\U0001f469", 1, "" },
	{ "\U0001f1e9\U0001f1ea", 1, "" },
	{ "ab\u2764\ufe0f", 3, "ab" },
	{ "a\u0301", 0, "" },
};

START_TEST(so_much_of_a_text_fits)
{
	struct span got = columns_fit(span_of(fits[_i].text), fits[_i].width);
	struct buf b = { 0 };

	buf_addsp(&b, got);
	ck_assert_str_eq(buf_cstr(&b), fits[_i].fits);
	buf_release(&b);
}
END_TEST

Suite *columns_suite(void)
{
	Suite *s = suite_create("columns");
	TCase *tc = tcase_create("columns");

	add_rows(tc, a_text_takes_so_many_columns, rows);
	add_rows(tc, so_much_of_a_text_fits, fits);
	suite_add_tcase(s, tc);
	return s;
}
