/*
 * Reports drawn by chance, in every form. With $ARCHITECT_OUTPUTS they are kept
 * there, for tests/formats.sh to show them to the schemas.
 */
#include "format_invariants.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

#define REPORTS 400
#define BYTES 1500

/* The same every time (Knuth, MMIX). */
static void draw(char *bytes, size_t n, uint64_t seed)
{
	for (size_t i = 0; i < n; i++) {
		seed = seed * UINT64_C(6364136223846793005) +
		       UINT64_C(1442695040888963407);
		bytes[i] = (char)(seed >> 56);
	}
}

static void keep(const struct report *r, int number, const char *form)
{
	static const struct render_style style = { .repository =
							   "https://x.y/z" };
	const char *dir = getenv("ARCHITECT_OUTPUTS");
	struct buf b = { 0 };
	char path[4096];
	FILE *f;

	if (!dir)
		return;
	renderer_find(form)->render(&b, r, &style);
	snprintf(path, sizeof(path), "%s/drawn-%03d.%s", dir, number, form);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(b.ptr, 1, b.len, f), b.len);
	ck_assert_int_eq(fclose(f), 0);
	buf_release(&b);
}

START_TEST(a_report_of_any_bytes_is_well_formed)
{
	for (uint64_t seed = 1; seed <= REPORTS; seed++) {
		const char *broken, *form;
		struct arena a = { 0 };
		char bytes[BYTES];
		struct report r;

		draw(bytes, sizeof(bytes), seed);
		report_of(&r, &a,
			  (struct span){ bytes, 100 + seed * 7 % 1400 });
		broken = forms_invariant(&r, &a, &form);
		ck_assert_msg(!broken, "report %d, %s: not so: %s", (int)seed,
			      form, broken);
		keep(&r, (int)seed, "json");
		keep(&r, (int)seed, "sarif");
		keep(&r, (int)seed, "rdjson");
		arena_release(&a);
	}
}
END_TEST

Suite *formats_suite(void)
{
	Suite *s = suite_create("formats");
	TCase *tc = tcase_create("formats");

	tcase_add_test(tc, a_report_of_any_bytes_is_well_formed);
	suite_add_tcase(s, tc);
	return s;
}
