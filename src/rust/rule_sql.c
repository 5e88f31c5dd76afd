/*
 * Values written into SQL by a format string: what sqlx runs, and what any
 * other client may.
 */
#include "rust/formatted.h"
#include "rust/rule.h"

/* What was found in one format string. */
struct sql_text {
	struct formatted f;
	struct span value;
	enum sql_place place;
	uint32_t query; /* sqlx's call, or LOOK_NONE */
};

/* So many texts with values in them are looked at; each look is bounded. */
#define TEXTS_MAX 500

/* Does the file name sqlx, and sqlx's QueryBuilder? */
struct sql_file {
	const struct source *s;
	struct arena *arena;
	bool sqlx, builder;
	uint32_t texts;
};

static struct sql_file open_file(struct rule_run *r, const struct source *s)
{
	return (struct sql_file){ s, rule_arena(r), look_names(s, "sqlx"),
				  look_names(s, "QueryBuilder"), 0 };
}

/* The gravest hole: one in quotes before a bare one. */
static bool worst_hole(struct sql_text *out, const struct source *s)
{
	struct sql_walk w = { .text = lexer_text(&s->lx, out->f.literal) };
	struct sql_hole hole;

	out->place = SQL_OTHER;
	while (sql_next(&w, &hole)) {
		struct span value;

		if (out->place != SQL_OTHER && hole.place != SQL_QUOTED)
			continue;
		value = formatted_value(&out->f, s, &hole);
		if (!value.len)
			continue;
		out->value = value;
		out->place = hole.place;
		if (hole.place == SQL_QUOTED)
			return true;
	}
	return out->place != SQL_OTHER;
}

/* Does the format string at token i put a value into SQL? */
static bool find(struct sql_text *out, struct sql_file *file, uint32_t i)
{
	const struct source *s = file->s;
	struct span text;

	if (look_kind(s, i) != TOKEN_IDENT || !formatted_read(&out->f, s, i))
		return false;
	text = lexer_text(&s->lx, out->f.literal);
	if (span_chr(text, '{') < 0 || sql_utility(text) || !worst_hole(out, s))
		return false;
	out->query = file->sqlx ? formatted_query(&out->f, s, file->arena,
						  file->builder)
				: LOOK_NONE;
	return true;
}

static void run_sqlx(struct rule_run *r, const struct source *s)
{
	struct sql_file file = open_file(r, s);
	struct sql_text x;

	for (uint32_t i = 0; file.sqlx && i < s->lx.count; i++) {
		if (!find(&x, &file, i) || x.query == LOOK_NONE)
			continue;
		rule_found(r, i, x.f.literal,
			   "the value of `%.*s` is written into the SQL "
			   "that `%.*s` at line %u is given",
			   SPAN_ARG(text_clip(x.value, 60)),
			   SPAN_ARG(lexer_word(&s->lx, x.query)),
			   look_line(s, x.query));
	}
}

static void run_format(struct rule_run *r, const struct source *s)
{
	struct sql_file file = open_file(r, s);
	struct sql_text x;

	/* what only tests and builds run holds its author's own values */
	if (s->role != ROLE_BINARY && look_program(s))
		return;
	for (uint32_t i = 0; i < s->lx.count; i++) {
		if (!find(&x, &file, i) || x.query != LOOK_NONE ||
		    x.place != SQL_QUOTED ||
		    !sql_statement(lexer_text(&s->lx, x.f.literal)))
			continue;
		rule_found(
			r, i, x.f.literal,
			"`%.*s` is put between quotes in SQL made by `%.*s!`",
			SPAN_ARG(text_clip(x.value, 60)),
			SPAN_ARG(lexer_word(&s->lx, i)));
	}
}

const struct rule rule_sqlx_interpolated_query = {
	.id = "sqlx-interpolated-query",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about = "a value written by format! into SQL that sqlx runs",
	.consequence = "a quote or keyword in the value becomes part of the "
		       "statement (SQL injection), and every value makes a new "
		       "statement to prepare",
	.remedy = "write `$1` or `?` in the text and pass the value to "
		  "`.bind()`",
	.why = "A bound value travels apart from the statement and cannot "
	       "change it; text that format! puts into the statement can. "
	       "sqlx also keeps prepared statements by their text: with the "
	       "value in it no two are alike, and the cache fills with ones "
	       "that are never used again. Names of tables and columns cannot "
	       "be bound and are not meant here.",
	.bad = "async fn find(db: &PgPool, name: &str) -> sqlx::Result<User> "
	       "{\n"
	       "    let sql = format!(\"SELECT * FROM users WHERE name = "
	       "'{name}'\");\n"
	       "    sqlx::query_as(&sql).fetch_one(db).await\n"
	       "}\n",
	.good = "async fn find(db: &PgPool, name: &str) -> sqlx::Result<User> "
		"{\n"
		"    sqlx::query_as(\"SELECT * FROM users WHERE name = $1\")\n"
		"        .bind(name)\n"
		"        .fetch_one(db)\n"
		"        .await\n"
		"}\n",
	.run = run_sqlx,
};

const struct rule rule_sql_format = {
	.id = "sql-format",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "critical-issues",
	.about = "SQL made by format! with a value between its quotes",
	.consequence = "a quote in the value ends the string, and what follows "
		       "is read as SQL",
	.remedy = "can it hold text from outside? Then bind it as a parameter",
	.why = "Between quotes stands a value, and a client that takes "
	       "parameters takes it as one: tokio-postgres and rusqlite as "
	       "`$1` or `?1`, diesel's sql_query by bind(), DataFusion by "
	       "with_param_values(). Quoting by hand is right only as long as "
	       "no value ever holds a quote. Not asked of build scripts, tools "
	       "and what supports tests.",
	.bad = "fn count(db: &Connection, tag: &str) -> rusqlite::Result<u32> "
	       "{\n"
	       "    let sql = format!(\"SELECT count(*) FROM posts WHERE tag = "
	       "'{tag}'\");\n"
	       "    db.query_row(&sql, [], |row| row.get(0))\n"
	       "}\n",
	.good = "fn count(db: &Connection, tag: &str) -> rusqlite::Result<u32> "
		"{\n"
		"    let sql = \"SELECT count(*) FROM posts WHERE tag = ?1\";\n"
		"    db.query_row(sql, [tag], |row| row.get(0))\n"
		"}\n",
	.run = run_format,
};
