#include "rule_rows.h"
#include "rust/rule.h"

#define ARROW "use arrow::array::*;\nfn f(col: &ArrayRef, b: &RecordBatch) {\n"
#define LOOP ARROW "for i in 0..col.len() {\n"

/* Line 4 is the first of the loop's body. */
static const struct hit hits[] = {
	{ LOOP "let a = col.as_any().downcast_ref::<Int64Array>().unwrap();\n"
	       "g(a.value(i));\n}\n}",
	  "4", NULL },
	{ LOOP
	  "g(col.as_any().downcast_ref::<StringArray>().unwrap().value(i));"
	  "\n}\n}",
	  "4", NULL },
	{ LOOP "g(col.as_primitive::<Int32Type>().value(i));\n}\n}", "4",
	  NULL },
	{ LOOP "g(col.as_string::<i32>().value(i));\n}\n}", "4", NULL },
	{ LOOP "g(col.as_string_view().value(i));\n}\n}", "4", NULL },
	{ LOOP "g(col.as_boolean().value(i));\n}\n}", "4", NULL },
	{ LOOP "g(col.as_list::<i32>().value(i));\n}\n}", "4", NULL },
	{ LOOP "let s = col.as_struct();\nif s.is_null(i) { continue; }\n}\n}",
	  "4", NULL },
	{ ARROW "for row in 0..b.num_rows() {\nfor c in b.columns() {\n"
		"if c.is_null(row) { continue; }\n"
		"g(c.as_primitive::<Int32Type>().value(row));\n}\n}\n}",
	  "6", NULL },
	{ ARROW "for row in 0..b.num_rows() {\n"
		"for (field, c) in fields.iter().zip(b.columns()) {\n"
		"match c.data_type() {\n"
		"DataType::Utf8 => g(c.as_string::<i32>().value(row)),\n"
		"_ => {}\n}\n}\n}\n}",
	  "6", NULL },
	{ ARROW "for i in 0..b.num_rows() {\nlet c = b.column(0);\n"
		"g(c.as_any().downcast_ref::<Int8Array>().unwrap().value(i));\n"
		"}\n}",
	  "5", NULL },
	{ ARROW "let n = num_rows;\nfor i in 0..num_rows {\n"
		"g(col.as_primitive::<Int32Type>().value(i));\n}\n}",
	  "5", NULL },
	{ ARROW "for i in 0..row_count {\n"
		"g(b[\"id\"].as_primitive::<Int32Type>().value(i));\n}\n}",
	  "4", NULL },
	{ ARROW "let v: Vec<i32> = (0..col.len())\n"
		".map(|i| col.as_primitive::<Int32Type>().value(i))\n"
		".collect();\n}",
	  "4", NULL },
	{ ARROW "(0..b.num_rows()).for_each(move |i| {\n"
		"g(col.as_boolean().value(i))\n});\n}",
	  "4", NULL },
	{ LOOP
	  "let Some(a) = col.as_any().downcast_ref::<Int64Array>() else {\n"
	  "return;\n};\ng(a.value(i));\n}\n}",
	  "4", NULL },
	{ LOOP "if let Some(a) = col.as_any().downcast_ref::<Int64Array>() {\n"
	       "g(a.value(i));\n}\n}\n}",
	  "4", NULL },
	{ LOOP "let x = rows.value(i);\n"
	       "g(x, col.as_primitive::<Int32Type>().value(i));\n}\n}",
	  "5", NULL },
	{ LOOP "g(self.col.as_primitive::<Int32Type>().value(i));\n}\n}", "4",
	  NULL },
	{ "use datafusion::prelude::*;\nfn f(c: &ArrayRef) {\n"
	  "for i in 0..c.len() {\ng(c.as_boolean().value(i));\n}\n}",
	  "4", NULL },
	{ "use arrow_array::*;\nfn f(c: &ArrayRef) {\n"
	  "for i in 0..c.len() {\ng(c.as_boolean().value(i));\n}\n}",
	  "4", NULL },
	{ ARROW "for i in 0..lists.len() {\nlet inner = lists.value(i);\n"
		"for j in 0..inner.len() {\n"
		"g(inner.as_primitive::<Int32Type>().value(j));\n}\n}\n}",
	  "6", NULL },
};

static const struct miss misses[] = {
	{ ARROW "let a = col.as_primitive::<Int32Type>();\n"
		"for i in 0..a.len() {\ng(a.value(i));\n}\n}",
	  "asked once, before the loop", NULL },
	{ LOOP
	  "let v = lists.value(i);\ng(v.as_primitive::<Int32Type>());\n}\n}",
	  "each row's own array", NULL },
	{ LOOP "g(lists.value(i).as_primitive::<Int32Type>().len());\n}\n}",
	  "each row's own array", NULL },
	{ ARROW "for i in 0..b.num_columns() {\n"
		"g(b.column(i).as_primitive::<Int32Type>().value(0));\n}\n}",
	  "over columns", NULL },
	{ ARROW "for i in 0..batches.len() {\nlet c = batches[i].column(0);\n"
		"g(c.as_primitive::<Int32Type>());\n}\n}",
	  "over batches", NULL },
	{ ARROW "for i in 0..plans.len() {\n"
		"g(col.as_primitive::<Int32Type>(), plans[i]);\n}\n}",
	  "no row is taken by the variable", NULL },
	{ LOOP "let p = node.as_any().downcast_ref::<FilterExec>();\n"
	       "g(p, col.value(i));\n}\n}",
	  "a plan's type, not an array's", NULL },
	{ LOOP
	  "let e = err.downcast_ref::<io::Error>();\ng(e, col.value(i));\n}\n}",
	  "an error's type", NULL },
	{ ARROW
	  "for a in col.as_primitive::<Int32Type>().iter() {\ng(a);\n}\n}",
	  "asked once, where the loop begins", NULL },
	{ ARROW "for batch in batches {\n"
		"let a = batch.column(0).as_primitive::<Int32Type>();\n"
		"g(a.value(0));\n}\n}",
	  "once a batch", NULL },
	{ ARROW
	  "for i in 0..8 {\ng(col.as_primitive::<Int32Type>().value(i));\n}\n}",
	  "a fixed few", NULL },
	{ "fn f(c: &ArrayRef) {\nfor i in 0..c.len() {\n"
	  "g(c.as_boolean().value(i));\n}\n}",
	  "arrow is not named", NULL },
	{ LOOP "let name = s.as_bytes();\ng(name, col.value(i));\n}\n}",
	  "bytes of a string", NULL },
	{ LOOP "match list.value(i) { v => g(v.as_struct()) }\n}\n}",
	  "bound by a match on the row", NULL },
	{ LOOP
	  "if let Some(v) = rows.get(col.value(i)) { g(v.as_struct()); }\n}\n}",
	  "bound by an `if let` on the row", NULL },
	{ LOOP "lists.value(i).iter().for_each(|v| g(v.as_struct()));\n}\n}",
	  "a closure's argument that comes of the row", NULL },
	{ LOOP
	  "for v in lists.value(i).iter() { g(v.as_list::<i32>()); }\n}\n}",
	  "an inner loop over the row's own", NULL },
	{ LOOP "g(col.as_boolean_array(x), col.value(i));\n}\n}",
	  "another method", NULL },
	{ LOOP "g(value.as_struct(1), col.value(i));\n}\n}",
	  "takes an argument: another method", NULL },
	{ ARROW "#[test]\nfn t() { for i in 0..c.len() { "
		"g(c.as_boolean().value(i)); } } }",
	  "a test", NULL },
	{ LOOP "g(col.as_boolean().value(i));\n}\n}", "a benchmark",
	  "benches/a.rs" },
	{ LOOP "g(col.as_boolean().value(i));\n}\n}", "an example",
	  "examples/a.rs" },
	{ ARROW "let a = (0..n).map(|k| k + 1);\n"
		"g(col.as_boolean().value(0));\n}",
	  "the closure asks for nothing", NULL },
};

RULE_TABLES(rule_arrow_row_loop, hits, misses)

Suite *rust_rule_arrow_suite(void)
{
	Suite *s = suite_create("rust_rule_arrow");
	TCase *tc = tcase_create("arrow");

	add_rule_rows(tc, rule_arrow_row_loop, hits, misses);
	suite_add_tcase(s, tc);
	return s;
}
