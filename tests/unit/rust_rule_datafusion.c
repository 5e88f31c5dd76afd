#include "rule_rows.h"
#include "rust/rule.h"

#define FUSION                          \
	"use datafusion::prelude::*;\n" \
	"async fn f(ctx: &SessionContext, frame: DataFrame) -> Result<()> {\n"
#define SQL FUSION "let df = ctx.sql(\"SELECT * FROM t\").await?;\n"
#define WALK "for b in &batches { out.write(b)?; }\nOk(())\n}"

/* Line 3 is the first of the body. */
static const struct hit hits[] = {
	{ SQL "let batches = df.collect().await?;\n" WALK, "4", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "for b in batches { send(b).await?; }\nOk(())\n}",
	  "4", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "for b in batches.iter() { g(b); }\nOk(())\n}",
	  "4", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "for (i, b) in batches.into_iter().enumerate() { g(i, b); }\n"
	      "Ok(())\n}",
	  "4", NULL },
	{ SQL "for b in df.collect().await? { g(b); }\nOk(())\n}", "4", NULL },
	{ SQL "let batches = df\n.collect()\n.await\n.map_err(to_pg)?;\n" WALK,
	  "5", NULL },
	{ FUSION "let batches = ctx.sql(\"SELECT a FROM t\").await?.collect()"
		 ".await?;\n" WALK,
	  "3", NULL },
	{ FUSION
	  "let batches = ctx.table(\"t\").await?.collect().await?;\n" WALK,
	  "3", NULL },
	{ FUSION
	  "let batches = ctx.read_parquet(path, o).await?.collect().await?"
	  ";\n" WALK,
	  "3", NULL },
	{ FUSION "let t = ctx.read_csv(path, o).await?;\n"
		 "let batches = t.collect().await?;\n" WALK,
	  "4", NULL },
	{ FUSION "let t = ctx.table(\"t\").await?;\n"
		 "let t = t.filter(col(\"a\").eq(lit(1)))?;\n"
		 "let batches = t.collect().await?;\n" WALK,
	  "5", NULL },
	{ FUSION "let batches = frame.collect().await?;\n" WALK, "3", NULL },
	{ FUSION "let batches = frame.filter(p)?.collect().await?;\n" WALK, "3",
	  NULL },
	{ FUSION "let batches = events_df.collect().await?;\n" WALK, "3",
	  NULL },
	{ FUSION "let t: DataFrame = open(ctx).await?;\n"
		 "let batches = t.collect().await?;\n" WALK,
	  "4", NULL },
	{ FUSION "let t = DataFrame::new(state, plan);\n"
		 "let batches = t.collect().await?;\n" WALK,
	  "4", NULL },
	{ FUSION "let batches = ctx.execute_logical_plan(plan).await?"
		 ".collect().await?;\n" WALK,
	  "3", NULL },
	{ SQL "let mut batches = df.collect().await.unwrap();\n"
	      "for b in &mut batches { g(b); }\nOk(())\n}",
	  "4", NULL },
	{ SQL "let batches = df.collect().await.context(\"run\")?;\n"
	      "if batches.is_empty() { return Ok(()); }\n" WALK,
	  "4", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "debug!(\"{}\", batches.len());\n" WALK,
	  "4", NULL },
	{ "use datafusion::physical_plan::collect;\nasync fn f() {\n"
	  "let batches = collect(plan, ctx.task_ctx()).await?;\n" WALK,
	  "3", NULL },
	{ "async fn f() {\nlet batches = datafusion::physical_plan::collect("
	  "plan, task).await?;\n" WALK,
	  "2", NULL },
};

static const struct miss misses[] = {
	{ SQL "let mut batches = df.execute_stream().await?;\n"
	      "while let Some(b) = batches.try_next().await? { g(b); }\n}",
	  "a stream", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "concat_batches(&schema, &batches)\n}",
	  "needed as a whole", NULL },
	{ SQL "let batches = df.collect().await?;\nOk(batches)\n}",
	  "given to the caller", NULL },
	{ SQL "Ok(df.collect().await?)\n}", "given to the caller", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "let n = batches[0].num_rows();\nOk(n)\n}",
	  "one batch is expected", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "for b in &batches { g(b); }\nfor b in &batches { h(b); }\n"
	      "Ok(())\n}",
	  "walked twice", NULL },
	{ SQL "let batches = df.collect().await?;\n"
	      "for k in keys { for b in &batches { g(k, b); } }\nOk(())\n}",
	  "walked for each key", NULL },
	{ SQL "let batches = df.collect().await?;\nprint_batches(&batches)?;\n"
	      "for b in &batches { g(b); }\nOk(())\n}",
	  "needed as a whole too", NULL },
	{ FUSION "let df = ctx.sql(\"SELECT * FROM t LIMIT 10\").await?;\n"
		 "let batches = df.collect().await?;\n" WALK,
	  "limited", NULL },
	{ FUSION "let df = ctx.sql(\"SELECT count(*) FROM t\").await?;\n"
		 "let batches = df.collect().await?;\n" WALK,
	  "one row", NULL },
	{ FUSION "let df = ctx.sql(\"SHOW TABLES\").await?;\n"
		 "let batches = df.collect().await?;\n" WALK,
	  "a list of tables", NULL },
	{ SQL "let df = df.limit(0, Some(5))?;\n"
	      "let batches = df.collect().await?;\n" WALK,
	  "limited", NULL },
	{ SQL
	  "let batches = df.aggregate(vec![], sums)?.collect().await?;\n" WALK,
	  "an aggregate", NULL },
	{ FUSION "let q = format!(\"SELECT * FROM {t} LIMIT 1\");\n"
		 "let df = ctx.sql(&q).await?;\n"
		 "let df = df.limit(0, Some(1))?;\n"
		 "let batches = df.collect().await?;\n" WALK,
	  "limited", NULL },
	{ "use datafusion::prelude::*;\nasync fn f(s: S) {\n"
	  "let batches = s.list(None).collect().await;\n" WALK,
	  "another stream's collect", NULL },
	{ FUSION "let batches: Vec<_> = stream.collect().await;\n" WALK,
	  "another stream's collect", NULL },
	{ FUSION "let batches = stream.try_collect::<Vec<_>>().await?;\n" WALK,
	  "another method", NULL },
	{ "async fn f() {\nlet batches = df.collect().await?;\n" WALK,
	  "datafusion is not named", NULL },
	{ SQL "let batches: Vec<_> = names.iter().collect();\n" WALK,
	  "an iterator's collect", NULL },
	{ "use datafusion::prelude::*;\nuse crate::collect;\nasync fn f() {\n"
	  "let batches = collect(plan, ctx).await?;\n" WALK,
	  "another crate's collect", NULL },
	{ SQL "let n = df.collect().await?.len();\nfor b in 0..n { g(b); }\n}",
	  "what is bound are not the batches", NULL },
	{ SQL "let batches = df.collect().await?;\n" WALK, "a test",
	  "tests/a.rs" },
	{ SQL "let batches = df.collect().await?;\n" WALK, "an example",
	  "examples/a.rs" },
	{ SQL "let batches = df.collect().await?;\n" WALK, "a benchmark",
	  "benches/a.rs" },
};

RULE_TABLES(rule_datafusion_collect, hits, misses)

Suite *rust_rule_datafusion_suite(void)
{
	Suite *s = suite_create("rust_rule_datafusion");
	TCase *tc = tcase_create("datafusion");

	add_rule_rows(tc, rule_datafusion_collect, hits, misses);
	suite_add_tcase(s, tc);
	return s;
}
