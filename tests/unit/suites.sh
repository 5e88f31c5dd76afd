#!/bin/sh
# The runner's main(), made from the names of the suites.
set -eu

echo '#include <check.h>'
echo '#include <stdio.h>'
echo '#include <stdlib.h>'
echo '#include <string.h>'
for file; do
	echo "Suite *$(basename "$file" .c)_suite(void);"
done
echo 'static const struct { const char *name; Suite *(*make)(void); }'
echo '	suites[] = {'
for file; do
	name=$(basename "$file" .c)
	echo "	{ \"$name\", ${name}_suite },"
done
cat <<'END'
};

static int wanted(const char *name, char **names)
{
	int all = !*names;

	while (*names && strcmp(*names, name))
		names++;
	return all || *names;
}

/* Arguments run the suites of these names alone. */
int main(int argc, char **argv)
{
	SRunner *sr = srunner_create(NULL);
	size_t i, n = sizeof(suites) / sizeof(suites[0]);
	int failed, added = 0;

	for (i = 0; i < n; i++) {
		if (!wanted(suites[i].name, argv + 1))
			continue;
		srunner_add_suite(sr, suites[i].make());
		added++;
	}
	if (argc > 1 && added != argc - 1) {
		fprintf(stderr, "%s: a suite of that name is not here\n",
			argv[0]);
		srunner_free(sr);
		return EXIT_FAILURE;
	}
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr) || !srunner_ntests_run(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
END
