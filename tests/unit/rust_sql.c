#include "rust/sql.h"

#include "test.h"

/* What stands in each hole: `q`uoted, `b`are, `-` neither. */
static const struct {
	const char *literal, *want;
} places[] = {
	{ "\"SELECT * FROM {} WHERE a = {}\"", "-b" },
	{ "\"SELECT {cols} FROM t WHERE a = '{x}'\"", "-q" },
	{ "\"… WHERE a LIKE '%{x}%'\"", "q" },
	{ "\"… WHERE a LIKE {x}\"", "b" },
	{ "\"INSERT INTO t (a, b) VALUES ({}, {})\"", "bb" },
	{ "\"INSERT INTO t ({}) VALUES (1, {}), ({}, '{}')\"", "-bbq" },
	{ "\"INSERT INTO t VALUES (now(), lower({}))\"", "-" },
	{ "\"… WHERE a IN ({})\"", "b" },
	{ "\"… WHERE a in ({}, {})\"", "bb" },
	{ "\"… WHERE a = ${n} AND b = ?{n} AND c = :{n}\"", "---" },
	{ "\"… WHERE a = $1 LIMIT {}\"", "-" },
	{ "\"… WHERE a = {t}.b\"", "-" },
	{ "\"… WHERE a = {f}(b)\"", "-" },
	{ "\"… WHERE a = x_{n}\"", "-" },
	{ "\"… WHERE a >= {x} AND b <> {y}\"", "bb" },
	{ "\"… WHERE a->>{k} = {v}\"", "-b" },
	{ "\"… WHERE a BETWEEN {x} AND 9\"", "b" },
	{ "\"SELECT \\\"{c}\\\" FROM `{t}`\"", "--" },
	{ "r#\"SELECT \"{c}\" WHERE a = '{v}'\"#", "-q" },
	{ "\"SELECT '{{}}' WHERE a = '{v}'\"", "q" },
	{ "\"… now() - INTERVAL '{d} days'\"", "-" },
	{ "\"… FROM pragma_table_info('{t}')\"", "-" },
	{ "\"… WHERE a = \\'{x}\\' AND b = {y}\"", "qb" },
	{ "\"… WHERE a = 'it''s {x}'\"", "q" },
	{ "\"… WHERE a = '\\n{x}'\"", "q" },
	{ "\"… SET {}\"", "-" },
	{ "\"{}{}\"", "--" },
	{ "\"{\"", "-" },
	{ "\"}} ) ' {\"", "q" },
	{ "\"\"", "" },
	{ "", "" },
};

START_TEST(a_hole_is_a_value_or_not)
{
	struct sql_walk w = { .text = span_of(places[_i].literal) };
	struct sql_hole hole;
	char got[16] = "";
	size_t n = 0;

	while (sql_next(&w, &hole) && n < sizeof(got) - 1)
		got[n++] = "-qb"[hole.place];
	ck_assert_msg(!strcmp(got, places[_i].want), "%s: %s, not %s",
		      places[_i].literal, got, places[_i].want);
}
END_TEST

static const struct {
	const char *literal;
	bool statement, utility;
} kinds[] = {
	{ "\"SELECT a FROM b\"", true, false },
	{ "\"select 1\"", false, false },
	{ "r#\"\n  insert INTO t VALUES (1)\"#", true, false },
	{ "\"INSERT OR REPLACE INTO t\"", true, false },
	{ "\"\\n UPDATE t SET a = 1\"", true, false },
	{ "\"UPDATE of {x} failed\"", false, false },
	{ "\"DELETE FROM t\"", true, false },
	{ "\"DELETE operation on '{t}'\"", false, false },
	{ "\"WITH x AS (SELECT 1) SELECT 2\"", true, false },
	{ "\"Selected {x} from {y}\"", false, false },
	{ "\"(SELECT a FROM b)\"", true, false },
	{ "\"CREATE TABLE t\"", false, true },
	{ "\"SET a = '{x}'\"", false, true },
	{ "\"PRAGMA key = '{x}'\"", false, true },
	{ "\"settings\"", false, false },
	{ "\"\"", false, false },
};

START_TEST(a_statement_is_told_by_its_words)
{
	struct span s = span_of(kinds[_i].literal);

	ck_assert_int_eq(sql_statement(s), kinds[_i].statement);
	ck_assert_int_eq(sql_utility(s), kinds[_i].utility);
}
END_TEST

Suite *rust_sql_suite(void)
{
	Suite *s = suite_create("rust_sql");
	TCase *tc = tcase_create("sql");

	add_rows(tc, a_hole_is_a_value_or_not, places);
	add_rows(tc, a_statement_is_told_by_its_words, kinds);
	suite_add_tcase(s, tc);
	return s;
}
