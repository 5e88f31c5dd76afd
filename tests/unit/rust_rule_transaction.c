#include "rule_rows.h"
#include "rust/rule.h"

#define FN "use sqlx::PgPool;\nasync fn f(db: &PgPool) -> sqlx::Result<()> {\n"
#define BEGIN FN "let mut tx = db.begin().await?;\n"
#define WRITE "query(\"UPDATE t SET a = 1\").execute(&mut *tx).await?;\n"

/* Line 3 is the first of the body. */
static const struct hit hits[] = {
	{ BEGIN WRITE "Ok(())\n}", "3", NULL },
	{ BEGIN "query!(\"INSERT INTO t VALUES ($1)\", 1)\n"
		".execute(&mut *tx).await?;\nOk(())\n}",
	  "3", NULL },
	{ BEGIN
	  "query_scalar!(r#\"\n  insert into t values (1) returning id\"#)\n"
	  ".fetch_one(&mut *tx).await?;\nOk(())\n}",
	  "3", NULL },
	{ BEGIN "insert_user(&mut tx, &user).await?;\nOk(())\n}", "3", NULL },
	{ BEGIN "user.save(&mut *tx).await?;\nOk(())\n}", "3", NULL },
	{ BEGIN "tx.users().insert(user).await?;\nOk(())\n}", "3", NULL },
	{ BEGIN "sqlx::query(SQL).execute(&mut *tx).await?;\nOk(())\n}", "3",
	  NULL },
	{ FN "let mut tx = db.begin().await.map_err(Error::from)?;\n" WRITE
	     "Ok(())\n}",
	  "3", NULL },
	{ FN "let mut tx = db\n.begin()\n.await\n.context(\"begin\")?;\n" WRITE
	     "Ok(())\n}",
	  "3", NULL },
	{ FN "let mut tx = self.pool().begin_with(\"BEGIN "
	     "IMMEDIATE\").await?;\n" WRITE "Ok(())\n}",
	  "3", NULL },
	{ FN
	  "let mut tx: Transaction<'_, Postgres> = db.begin().await?;\n" WRITE
	  "Ok(())\n}",
	  "3", NULL },
	{ FN "let Ok(mut tx) = db.begin().await else { return Ok(()) };\n" WRITE
	     "Ok(())\n}",
	  "3", NULL },
	{ FN "let mut tx = match db.begin().await {\n"
	     "Ok(tx) => tx, Err(e) => return Err(e) };\n" WRITE "Ok(())\n}",
	  "3", NULL },
	{ BEGIN WRITE
	  "if gone { tx.rollback().await?; return Ok(()); }\nOk(())\n}",
	  "3", NULL },
	{ BEGIN "match query(\"DELETE FROM t\").execute(&mut *tx).await {\n"
		"Ok(_) => Ok(()),\n"
		"Err(e) => { tx.rollback().await?; Err(e) }\n}\n}",
	  "3", NULL },
	{ BEGIN "for row in rows {\n" WRITE "}\nOk(())\n}", "3", NULL },
	{ BEGIN WRITE "let n = count(&mut *tx).await?;\nOk(n)\n}", "3", NULL },
	{ "use sea_orm::*;\nasync fn f(db: &Db) -> Result<(), DbErr> {\n"
	  "let txn = db.begin().await?;\nuser.insert(&txn).await?;\nOk(())\n}",
	  "3", NULL },
	{ BEGIN "tx.commit().await?;\nlet mut tx = db.begin().await?;\n" WRITE
		"Ok(())\n}",
	  "5", NULL },
	{ FN "{\nlet mut tx = db.begin().await?;\n" WRITE "}\nOk(())\n}", "4",
	  NULL },
	{ BEGIN "let mut inner = tx.begin().await?;\n"
		"query(\"DELETE FROM t\").execute(&mut *inner).await?;\n"
		"tx.commit().await?;\nOk(())\n}\n"
		"async fn g(db: &PgPool) -> R {\n"
		"let mut tx = db.begin().await?;\n" WRITE "Ok(())\n}",
	  "10", NULL },
	{ BEGIN "let commitment = hash();\n" WRITE "Ok(())\n}", "3", NULL },
	{ BEGIN
	  "sqlx::query(\"WITH x AS (DELETE FROM t RETURNING a) SELECT a\")\n"
	  ".fetch_all(&mut *tx).await?;\nOk(())\n}",
	  "3", NULL },
	{ BEGIN "let head = repo.commit;\nbuild.commit_id = head;\n" WRITE
		"Ok(())\n}",
	  "3", NULL },
	{ BEGIN "apply_status(&mut tx, write).await?;\nOk(())\n}", "3", NULL },
	{ BEGIN
	  "let b = find_by_branch_and_commit(&mut tx, &id).await?;\n" WRITE
	  "Ok(b)\n}",
	  "3", NULL },
};

static const struct miss misses[] = {
	{ BEGIN WRITE "tx.commit().await?;\nOk(())\n}", "committed", NULL },
	{ BEGIN WRITE "tx.commit().await\n}", "committed", NULL },
	{ BEGIN WRITE "tx.rollback().await\n}", "rolled back, as it says",
	  NULL },
	{ BEGIN WRITE "if ok { tx.commit().await?; }\nOk(())\n}",
	  "committed on one of the ways", NULL },
	{ BEGIN WRITE "Ok(tx)\n}", "handed to the caller", NULL },
	{ BEGIN WRITE "finish(tx).await\n}", "moved into a call", NULL },
	{ BEGIN WRITE "Ok(Self { tx })\n}", "moved into a value", NULL },
	{ BEGIN WRITE "Ok(Self { inner: tx })\n}", "moved into a value", NULL },
	{ BEGIN WRITE "drop(tx);\nOk(())\n}", "dropped by hand: it is meant",
	  NULL },
	{ BEGIN WRITE "let boxed = Box::new(tx);\nOk(())\n}", "moved on",
	  NULL },
	{ BEGIN WRITE "commit_all(&mut tx).await\n}", "a commit by its name",
	  NULL },
	{ BEGIN WRITE "query(\"COMMIT\").execute(&mut *tx).await?;\nOk(())\n}",
	  "committed in SQL", NULL },
	{ BEGIN WRITE "// nothing is kept: rolled back on drop\nOk(())\n}",
	  "a comment says that it is meant", NULL },
	{ BEGIN WRITE "tx.finish().await\n}", "ended by value", NULL },
	{ BEGIN
	  "let a = query(\"SELECT a FROM t\").fetch_all(&mut *tx).await?;\n"
	  "Ok(a)\n}",
	  "it only reads", NULL },
	{ BEGIN "query(\"SELECT pg_advisory_xact_lock(1)\").execute(&mut *tx)"
		".await?;\nOk(())\n}",
	  "it only locks", NULL },
	{ BEGIN "query(\"SET LOCAL x = 1\").execute(&mut *tx).await?;\n"
		"Ok(find(&mut tx).await?)\n}",
	  "it only sets what ends with it", NULL },
	{ "async fn f(db: &Pool) {\nlet mut tx = db.begin().await?;\n" WRITE
	  "}",
	  "sqlx is not named", NULL },
	{ FN "let mut tx = list.begin();\ntx.insert(1);\nOk(())\n}",
	  "not awaited: no transaction", NULL },
	{ FN "db.begin().await?;\n" WRITE "Ok(())\n}", "bound to nothing",
	  NULL },
	{ FN "let n = db.begin().await?.execute(\"DELETE FROM t\").await?;\n"
	     "Ok(n)\n}",
	  "what is bound is no transaction", NULL },
	{ BEGIN WRITE "let tx = Wrapper(tx);\nOk(())\n}", "moved into another",
	  NULL },
	{ BEGIN WRITE "tokio::spawn(async move { run(tx).await });\nOk(())\n}",
	  "moved into a task", NULL },
	{ BEGIN "if x { let tx = 1; }\n" WRITE "Ok(())\n}",
	  "the name means two things", NULL },
	{ "use sqlx::PgPool;\n#[sqlx::test]\nasync fn f(db: PgPool) {\n"
	  "let mut tx = db.begin().await.unwrap();\n" WRITE "}",
	  "a test's own way to clean up", "tests/a.rs" },
	{ BEGIN WRITE "Ok(())\n}", "an example", "examples/a.rs" },
};

RULE_TABLES(rule_sqlx_transaction_unfinished, hits, misses)

/* Nothing is added; what was there before is gone. */
static const struct {
	const char *was, *now, *lines;
} removals[] = {
	{ BEGIN WRITE "tx.commit().await?;\nOk(())\n}", BEGIN WRITE "Ok(())\n}",
	  "-5" },
	{ BEGIN WRITE "tx.commit().await\n}", BEGIN WRITE "Ok(())\n}", "-5" },
	{ BEGIN WRITE "Ok(())\n}", BEGIN WRITE "Ok(())\n}", "" },
	{ BEGIN WRITE "tx.commit().await?;\nOk(())\n}", BEGIN "Ok(())\n}", "" },
	{ BEGIN WRITE "tx.commit().await?;\nOk(())\n}",
	  BEGIN WRITE "end(tx).await?;\nOk(())\n}", "" },
	{ "async fn g() { tx.commit().await?; }", BEGIN WRITE "Ok(())\n}", "" },
};

START_TEST(a_commit_that_the_change_removes_is_the_place)
{
	struct rule_try t;

	rule_try(&t, NULL, removals[_i].was, removals[_i].now, 0);
	ck_assert_str_eq(rule_lines(&t, &rule_sqlx_transaction_unfinished),
			 removals[_i].lines);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_transaction_suite(void)
{
	Suite *s = suite_create("rust_rule_transaction");
	TCase *tc = tcase_create("transaction");

	add_rule_rows(tc, rule_sqlx_transaction_unfinished, hits, misses);
	add_rows(tc, a_commit_that_the_change_removes_is_the_place, removals);
	suite_add_tcase(s, tc);
	return s;
}
