#include "rule_rows.h"
#include "rust/rule.h"

#define SQLX "use sqlx::{query, query_as, query_scalar, Executor, PgPool};\n"
#define FN "async fn f(db: &PgPool, name: &str, id: i64, form: Form) {\n"

/* Line 3 is the first of the body. */
static const struct hit sqlx_hits[] = {
	{ SQLX FN "query(&format!(\"SELECT * FROM u WHERE n = '{name}'\"));\n}",
	  "3", NULL },
	{ SQLX FN
	  "query(&format!(\"SELECT * FROM u WHERE n = '{}'\", name));\n}",
	  "3", NULL },
	{ SQLX FN "sqlx::query(&format!(\"DELETE FROM u WHERE n LIKE '%{}%'\", "
		  "form.name)).execute(db).await?;\n}",
	  "3", NULL },
	{ SQLX FN
	  "query_as::<_, User>(&format!(\"… n = '{}'\", form.name));\n}",
	  "3", NULL },
	{ SQLX FN
	  "sqlx::query_scalar::<_, i64>(\n"
	  "  format!(\"SELECT 1 FROM u WHERE n = '{name}'\").as_str())\n}",
	  "4", NULL },
	{ SQLX FN "let sql = format!(\"SELECT 1 FROM u WHERE n = '{name}'\");\n"
		  "query(&sql).execute(db).await?;\n}",
	  "3", NULL },
	{ SQLX FN "let sql: String = format!(\n"
		  "  \"SELECT 1 FROM u WHERE n = '{name}'\");\n"
		  "query(sql.as_str()).execute(db).await?;\n}",
	  "3", NULL },
	{ SQLX FN "db.execute(format!(\"DELETE FROM u WHERE n = '{name}'\")"
		  ".as_str()).await?;\n}",
	  "3", NULL },
	{ SQLX FN "let sql = format!(\"DELETE FROM u WHERE n = '{name}'\");\n"
		  "db.fetch_all(&*sql).await?;\n}",
	  "3", NULL },
	{ SQLX FN "sqlx::raw_sql(&format!(\"DELETE FROM u WHERE n = '{}'\", "
		  "form.name));\n}",
	  "3", NULL },
	{ "use sqlx::AssertSqlSafe;\n" FN
	  "db::query(AssertSqlSafe(format!(\"… n = '{name}'\")));\n}",
	  "3", NULL },
	{ SQLX FN "let sql = format!(\"DELETE FROM u WHERE n = '{name}'\");\n"
		  "query(sqlx::AssertSqlSafe(sql)).execute(db).await?;\n}",
	  "3", NULL },
	{ SQLX FN "let mut sql = String::from(\"SELECT * FROM u\");\n"
		  "sql.push_str(&format!(\" WHERE n = '{}'\", form.name));\n"
		  "query(&sql).fetch_all(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN "let mut sql = String::new();\n"
		  "write!(sql, \"DELETE FROM u WHERE n = '{}'\", form.name)?;\n"
		  "query(&sql).execute(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN "let mut sql = base();\n"
		  "write!(&mut sql, \" AND n = '{name}'\").unwrap();\n"
		  "query(&sql).execute(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN "let mut sql = base();\n"
		  "sql += &format!(\" AND n = '{name}'\");\n"
		  "query(&sql).execute(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN "let sql = if form.exact {\n"
		  "  format!(\"SELECT * FROM u WHERE n = '{name}'\")\n"
		  "} else { \"SELECT * FROM u\".into() };\n"
		  "query(&sql).execute(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN
	  "let sql = match form.kind {\n"
	  "  Kind::A => format!(\"SELECT * FROM u WHERE n = '{name}'\"),\n"
	  "  _ => \"SELECT * FROM u\".into() };\n"
	  "query(&sql).execute(db).await?;\n}",
	  "4", NULL },
	{ SQLX FN
	  "query(&format!(\"SELECT * FROM u WHERE id = {}\", name));\n}",
	  "3", NULL },
	{ SQLX FN "query(&format!(\"INSERT INTO u VALUES (1, {name})\"));\n}",
	  "3", NULL },
	{ "use sqlx::QueryBuilder;\n" FN
	  "let mut q = QueryBuilder::new(\"SELECT * FROM u\");\n"
	  "q.push(format!(\" WHERE n = '{}'\", form.name));\n}",
	  "4", NULL },
	{ "use sqlx::QueryBuilder;\n" FN
	  "let q = sqlx::QueryBuilder::new(format!(\"… n = '{name}'\"));\n}",
	  "3", NULL },
	{ SQLX FN "let who = form.name.ok_or(Error::Missing)?;\n"
		  "query(&format!(\"DELETE FROM u WHERE n = '{who}'\"));\n}",
	  "4", NULL },
	{ SQLX FN
	  "query(&format!(\"… n = '{n}' AND t = '{}'\", id, n = name));\n}",
	  "3", NULL },
	{ SQLX FN "let n = match form.kind {\n"
		  "Kind::A => form.name, Kind::B => \"b\" };\n"
		  "query(&format!(\"… n = '{n}'\"));\n}",
	  "5", NULL },
	{ SQLX FN "let mut conds = vec![];\n"
		  "conds.push(format!(\"n = '{name}'\"));\n"
		  "query(&format!(\"… WHERE {}\", conds.join(\" AND \")));\n}",
	  "4", NULL },
	{ "use sqlx::QueryBuilder;\n"
	  "fn f(q: &mut QueryBuilder<'_, Pg>, name: &str) {\n"
	  "q.push(format!(\" AND n = '{name}'\"));\n}",
	  "3", NULL },
};

static const struct miss sqlx_misses[] = {
	{ SQLX FN "query(\"SELECT * FROM u WHERE n = $1\").bind(name);\n}",
	  "bound", NULL },
	{ SQLX FN "query(&format!(\"SELECT * FROM {TABLE} WHERE n = $1\"));\n}",
	  "a table's name cannot be bound", NULL },
	{ SQLX FN "query(&format!(\"SELECT {} FROM u\", form.columns));\n}",
	  "columns cannot be bound", NULL },
	{ SQLX FN "query(&format!(\"SELECT * FROM u WHERE id = {id}\"));\n}",
	  "an i64 is digits", NULL },
	{ SQLX FN "query(&format!(\"SELECT * FROM u WHERE id = '{id}'\"));\n}",
	  "an i64 is digits in quotes too", NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", Kind::Open));\n}",
	  "a constant of the program", NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", Kind::Open.as_str()));\n}",
	  "a constant of the program", NULL },
	{ SQLX FN "query(&format!(\"… n = '{STATE}'\"));\n}", "a constant",
	  NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", Self::STATE));\n}",
	  "a constant", NULL },
	{ SQLX FN "let marks = marks(3);\n"
		  "query(&format!(\"… id IN ({marks})\")).bind(id);\n}",
	  "a list of $1, $2", NULL },
	{ SQLX FN "let list = names.join(\", \");\n"
		  "query(&format!(\"… id IN ({list})\")).bind(id);\n}",
	  "bare, and not known to be text", NULL },
	{ SQLX FN "query(&format!(\"… n = ${} AND m = ${}\", n, n + 1));\n}",
	  "the numbers of binds", NULL },
	{ SQLX FN
	  "query(&format!(\"… LIMIT {} OFFSET {}\", form.a, form.b));\n}",
	  "numbers by their place", NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", escape(name)));\n}",
	  "escaped, as its name says", NULL },
	{ SQLX FN "let n = name.replace('\\'', \"''\");\n"
		  "query(&format!(\"… n = '{n}'\"));\n}",
	  "its quotes are doubled", NULL },
	{ SQLX FN "let order = if form.up { \"asc\" } else { \"desc\" };\n"
		  "query(&format!(\"… n = '{order}'\"));\n}",
	  "one of two literals", NULL },
	{ SQLX FN "let n = match form.state.as_str() {\n"
		  "\"a\" => \"active\", \"b\" => KIND,\n"
		  "other => return Err(bad(other)) };\n"
		  "query(&format!(\"… n = '{n}'\"));\n}",
	  "one of two constants", NULL },
	{ SQLX FN
	  "let n = if form.up() { \"a\" } else { panic!(\"{name}\") };\n"
	  "query(&format!(\"… n = '{n}'\"));\n}",
	  "a literal or no value", NULL },
	{ SQLX FN "for n in [\"a\", \"b\"] {\n"
		  "query(&format!(\"… n = '{n}'\"));\n}\n}",
	  "literals, one after the other", NULL },
	{ SQLX FN "query(&format!(\"CREATE USER x PASSWORD '{name}'\"));\n}",
	  "a statement that takes no binds", NULL },
	{ SQLX FN "query(&format!(\"SET search_path = '{name}'\"));\n}",
	  "a statement that takes no binds", NULL },
	{ SQLX FN "query(\"…\").bind(format!(\"= '{name}'\"));\n}",
	  "the text is bound itself", NULL },
	{ SQLX FN "let msg = format!(\"no user with name = '{name}'\");\n"
		  "query(\"…\").execute(db).await.context(msg)?;\n}",
	  "a message", NULL },
	{ SQLX FN "query(&format!(\"… t < now() - INTERVAL '{} days'\", "
		  "form.days));\n}",
	  "a length of time", NULL },
	{ SQLX FN "query(&format!(\"… n = '{:02}'\", form.month));\n}",
	  "printed as a number", NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", form.list.len()));\n}",
	  "a length", NULL },
	{ SQLX FN "query(&format!(\"… n = '{}'\", form.kind as i32));\n}",
	  "a number", NULL },
	{ "use mysql::prelude::*;\n" FN
	  "query(&format!(\"… n = '{name}'\"));\n}",
	  "not sqlx", NULL },
	{ SQLX "#[cfg(test)]\nmod t { fn f(name: &str) {\n"
	       "sqlx::query(&format!(\"… n = '{name}'\"));\n} }",
	  "test code", NULL },
	{ SQLX "macro_rules! q { ($n:expr) => { sqlx::query(&format!(\"… n = "
	       "'{}'\", $n)) } }",
	  "a macro's definition", NULL },
	{ SQLX FN "let sql = format!(\"… n = '{name}'\");\n"
		  "let sql = clean(sql);\nquery(&sql).execute(db).await?;\n}",
	  "another variable of that name is run", NULL },
	{ "use sqlx::QueryBuilder;\n" FN "let mut lines = vec![];\n"
	  "lines.push(format!(\"no user with name = '{name}'\"));\n}",
	  "a list of messages", NULL },
	{ SQLX FN "query(&format!(\"SELECT count(*) FROM columns WHERE t = "
		  "'{table}' AND c = '{}'\", self.column_name));\n}",
	  "a table and a column, which the program names", NULL },
	{ SQLX FN "let id = Uuid::new_v4().to_string();\n"
		  "query(&format!(\"… id = '{id}'\"));\n}",
	  "an id made here", NULL },
};

RULE_TABLES(rule_sqlx_interpolated_query, sqlx_hits, sqlx_misses)

#define PG "async fn f(c: &Client, name: &str, id: i64, form: Form) {\n"

/* Line 2 is the first of the body. */
static const struct hit format_hits[] = {
	{ "fn f() { q(&format!(\"SELECT a FROM b WHERE c = '{d}'\")) }", "1",
	  "src/table.rs" },
	{ "fn f() { q(&format!(\"SELECT a FROM b WHERE c = '{d}'\")) }", "1",
	  "src/bin/a.rs" },
	{ PG
	  "c.query(&format!(\"SELECT * FROM u WHERE n = '{name}'\"), &[]);\n}",
	  "2", NULL },
	{ PG "c.execute(&format!(\"DELETE FROM u WHERE n = '{}'\", name), "
	     "&[]);\n}",
	  "2", NULL },
	{ PG "let sql = format!(\"UPDATE u SET n = '{}' WHERE id = $1\", "
	     "name);\n}",
	  "2", NULL },
	{ PG "diesel::sql_query(format!(\"SELECT * FROM u WHERE n = '{}'\", "
	     "form.n));\n}",
	  "2", NULL },
	{ PG "let sql = format!(\n  \"INSERT INTO u (n) VALUES ('{}')\",\n"
	     "  form.n\n);\n}",
	  "2", NULL },
	{ PG "conn.prepare(&format!(r#\"SELECT \"n\" FROM u WHERE n = '{}'\"#, "
	     "form.n))?;\n}",
	  "2", NULL },
	{ PG "client.query(format!(\"SELECT count() FROM u WHERE n = '{}'\", "
	     "form.n)).fetch_one();\n}",
	  "2", NULL },
	{ PG "ctx.sql(&format!(\"SELECT * FROM u WHERE n LIKE '%{}%'\", "
	     "form.n)).await?;\n}",
	  "2", NULL },
	{ PG "write!(sql, \"DELETE FROM u WHERE n = '{name}'\")?;\n}", "2",
	  NULL },
	{ PG "writeln!(&mut sql, \"DELETE FROM u WHERE n = '{name}'\")?;\n}",
	  "2", NULL },
	{ "fn sql(n: &str) -> String {\n"
	  "format!(\"SELECT * FROM u WHERE n = '{n}'\")\n}",
	  "2", NULL },
	{ "fn sql(&self) -> String {\n"
	  "format!(\"SELECT * FROM u WHERE n = '{}'\", self.name)\n}",
	  "2", NULL },
	{ "fn sql(&self) -> String {\n"
	  "format!(\"SELECT * FROM u WHERE n = '{}'\", self.name())\n}",
	  "2", NULL },
	{ PG "let s = format!(\"SELECT * FROM {} WHERE n = '{}'\", TABLE, "
	     "name);\n}",
	  "2", NULL },
	{ PG
	  "let s = format!(\"SELECT * FROM {0} WHERE n = '{1}'\", TABLE, name);"
	  "\n}",
	  "2", NULL },
	{ PG
	  "let s = format!(\"SELECT * FROM u WHERE n = '{who}'\", who = name);"
	  "\n}",
	  "2", NULL },
	{ PG
	  "let s = format!(\"SELECT * FROM u WHERE n = \\'{}\\'\", name);\n}",
	  "2", NULL },
	{ PG "let s = format!(\"WITH a AS (SELECT 1) SELECT * FROM a WHERE n = "
	     "'{name}'\");\n}",
	  "2", NULL },
	{ PG "let s = format!(\"INSERT OR IGNORE INTO u VALUES ({id}, "
	     "'{name}')\");"
	     "\n}",
	  "2", NULL },
	{ PG "let s = std::format!(\"SELECT * FROM u WHERE n = '{name}'\");\n}",
	  "2", NULL },
	{ PG "tx.batch_execute(&format!(\"\\\n  DELETE FROM u WHERE n = "
	     "'{name}'\")"
	     ");\n}",
	  "2", NULL },
};

static const struct miss format_misses[] = {
	{ "fn f() { q(&format!(\"SELECT a FROM b WHERE c = '{d}'\")) }",
	  "a table for tests", "src/bootstrap/test_table.rs" },
	{ "fn f() { q(&format!(\"SELECT a FROM b WHERE c = '{d}'\")) }",
	  "a build script", "build.rs" },
	{ SQLX FN "query(&format!(\"SELECT * FROM u WHERE n = '{name}'\"));\n}",
	  "sqlx's rule says it", NULL },
	{ PG "c.query(\"SELECT * FROM u WHERE n = $1\", &[&name]);\n}", "bound",
	  NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = {name}\");\n}",
	  "without quotes it may be SQL of the program's own", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE id = '{id}'\");\n}",
	  "an i64", NULL },
	{ PG "let s = format!(\"SELECT * FROM \\\"{name}\\\"\");\n}",
	  "a name in its quotes", NULL },
	{ PG "let s = format!(\"SELECT * FROM `{name}`\");\n}",
	  "a name in its quotes", NULL },
	{ PG "let s = format!(\"Deleted '{name}' from the table\");\n}",
	  "prose", NULL },
	{ PG "bail!(\"DELETE of '{name}' failed\");\n}",
	  "no text for a database", NULL },
	{ PG "let s = format!(\"DELETE operation on table '{name}'\");\n}",
	  "prose", NULL },
	{ PG "let s = format!(\"UPDATE failed for '{name}'\");\n}", "prose",
	  NULL },
	{ PG "let s = format!(\"Select '{name}' from the list\");\n}",
	  "prose: SQL is written large or small", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = '{}'\", "
	     "escape_literal(name));\n}",
	  "escaped", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = '{escaped}'\");\n}",
	  "escaped, as its name says", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = '{SEP}'\");\n}",
	  "a constant", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = '{}'\", 'x');\n}",
	  "a literal", NULL },
	{ PG "let s = format!(\"SELECT * FROM u WHERE n = '{}'\", id + 1);\n}",
	  "a sum", NULL },
	{ PG "let s = format!(\"CREATE DATABASE x OWNER '{name}'\");\n}",
	  "a statement that takes no parameters", NULL },
	{ PG "let s = format!(\"{} WHERE n = '{name}'\", base);\n}",
	  "does not say that it is SQL", NULL },
	{ PG
	  "let s = format!(concat!(\"SELECT * FROM u WHERE n = '{}'\"), name);"
	  "\n}",
	  "no literal", NULL },
	{ PG "let s = \"SELECT * FROM u WHERE n = '{name}'\";\n}",
	  "nothing is put in", NULL },
	{ PG "let s = format!(\"SELECT '{{}}' FROM u WHERE n = $1\");\n}",
	  "a brace is meant", NULL },
	{ "#[test]\nfn t() { format!(\"SELECT * FROM u WHERE n = '{name}'\"); "
	  "}",
	  "a test", NULL },
	{ PG "let who = n.replace(\"'\", \"''\");\n"
	     "let s = format!(\"SELECT * FROM u WHERE n = '{who}'\");\n}",
	  "its quotes are doubled", NULL },
};

RULE_TABLES(rule_sql_format, format_hits, format_misses)

Suite *rust_rule_sql_suite(void)
{
	Suite *s = suite_create("rust_rule_sql");
	TCase *tc = tcase_create("sql");

	add_rule_rows(tc, rule_sqlx_interpolated_query, sqlx_hits, sqlx_misses);
	add_rule_rows(tc, rule_sql_format, format_hits, format_misses);
	suite_add_tcase(s, tc);
	return s;
}
