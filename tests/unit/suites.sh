#!/bin/sh
# The runner's main(), made from the names of the suites.
set -eu

echo '#include <check.h>'
echo '#include <stdlib.h>'
for file; do
	echo "Suite *$(basename "$file" .c)_suite(void);"
done
cat <<'END'
int main(int argc, char **argv)
{
	SRunner *sr = srunner_create(NULL);
	int failed;
END
for file; do
	name=$(basename "$file" .c)
	echo "	srunner_add_suite(sr, ${name}_suite());"
done
cat <<'END'
	/* an argument runs the one suite of that name */
	srunner_run(sr, argc > 1 ? argv[1] : NULL, NULL, CK_ENV);
	failed = srunner_ntests_failed(sr) || !srunner_ntests_run(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
END
