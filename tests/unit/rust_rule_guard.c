/* What is held across an `.await`. */
#include "rust/rule.h"

#include "guard_snippets.h"
#include "span_snippets.h"

RULE_TABLES(rule_lock_across_await, lock_hits, lock_misses)
RULE_TABLES(rule_refcell_across_await, refcell_hits, refcell_misses)
RULE_TABLES(rule_span_guard_across_await, span_hits, span_misses)

Suite *rust_rule_guard_suite(void)
{
	Suite *s = suite_create("rust_rule_guard");
	TCase *tc = tcase_create("guard");

	add_rule_rows(tc, rule_lock_across_await, lock_hits, lock_misses);
	add_rule_rows(tc, rule_refcell_across_await, refcell_hits,
		      refcell_misses);
	add_rule_rows(tc, rule_span_guard_across_await, span_hits, span_misses);
	suite_add_tcase(s, tc);
	return s;
}
