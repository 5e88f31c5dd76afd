/* What every suite needs. Each tests/unit/x.c gives `Suite *x_suite(void)`. */
#ifndef TEST_H
#define TEST_H

#include <check.h>
#include <stdlib.h>

/* Run a loop test once for each row of a table; _i is the row. */
#define add_rows(tc, test, table)          \
	tcase_add_loop_test((tc), test, 0, \
			    (int)(sizeof(table) / sizeof((table)[0])))

#endif
