#include "agent/masked.h"

#include <string.h>

#include "agent/gather.h"
#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* No keys: letters that have their form. */
#define TOKEN \
	"gh"  \
	"p_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o"
#define BEGIN                     \
	"-----BEGIN RSA PRIVATE " \
	"KEY-----"
#define CERTIFICATE "-----BEGIN CERTIFICATE-----"
#define BODY "MIIEpAIBAAKCAQEA7bq0Zt3vYx9KQm2Lw5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0Uh"

/* A hunk: each line's origin and text, parted by LF; lines count from 1 on
 * both sides. Then what of it is masked: side, line and kind. */
static const struct {
	const char *hunk;
	bool all, skipped;
	const char *want;
} rows[] = {
	{ " a\n+b\n-c", false, false, "" },
	{ " a\n+t(\"" TOKEN "\")", false, false, "+2 github-token;" },
	{ " a\n-t(\"" TOKEN "\")\n+b", false, false, "-2 github-token;" },
	{ " t(\"" TOKEN "\")\n+b", false, false, " 1 github-token;" },
	{ "+password = \"Zx81!a\"", false, false, "+1 password;" },
	{ "+password = \"Zx81!a\"", true, false, "+1 password;" },
	{ "+password = \"Zx81!a\"", false, true, "" },
	{ "+h(\"X-Api-Key\",\n+  \"q7Rk2ZpWx9LvT4bNe8YdHs3GfJ6u\")", false,
	  false, "+2 secret;" },
	{ "+a\n+" BEGIN "\n+" BODY "\n+b!", false, false,
	  "+2 private-key;+3 private-key;+4 private-key;" },
	{ "+a\n+" BEGIN "\n+" BODY "\n+b!", true, false,
	  "+2 private-key;+3 private-key;+4 private-key;" },
	{ "+" BODY "\n " BODY "\n+" BODY "\n+b", false, false,
	  "+1 private-key; 2 private-key;+3 private-key;" },
	{ "+" CERTIFICATE "\n+" BODY "\n+" BODY "\n+" BODY "\n+b", false, false,
	  "" },
	{ " " CERTIFICATE "\n " BODY "\n " BODY "\n " BODY "\n+b", false, false,
	  "" },
	{ " " CERTIFICATE "\n+" BODY "\n+" BODY "\n " BODY "\n b", false, false,
	  "+2 private-key;+3 private-key; 4 private-key;" },
};

static void add_hunk(struct file_change *f, struct arena *a, const char *text)
{
	struct hunk *h = vec_push(&f->hunks, a);
	struct span rest = span_of(text), line;
	uint32_t old = 1, new = 1;

	while (text_line(&rest, &line)) {
		struct diff_line *l = vec_push(&h->lines, a);

		l->origin = line.ptr[0];
		l->text = span_from(line, 1);
		l->old_no = l->origin == '+' ? 0 : old++;
		l->new_no = l->origin == '-' ? 0 : new ++;
	}
}

START_TEST(a_line_of_which_something_is_masked_is_known)
{
	struct masked_lines m = { 0 };
	struct task_input in = { 0 };
	struct buf said = { 0 };
	struct arena a = { 0 };

	*vec_push(&in.covers, &a) = (struct cover){ 0 };
	*vec_push(&in.covers, &a) = (struct cover){
		.state = rows[_i].skipped ? COVER_SKIPPED : COVER_FULL,
	};
	*vec_push(&in.change.files, &a) = (struct file_change){ 0 };
	*vec_push(&in.change.files, &a) = (struct file_change){ 0 };
	add_hunk(&in.change.files.ptr[1], &a, rows[_i].hunk);
	in.range.all = rows[_i].all;
	masked_find(&m, &a, &in);
	vec_each (struct masked_line, l, &m.rows) {
		buf_addf(&said, "%c%u %s;",
			 l->old	    ? '-'
			 : l->added ? '+'
				    : ' ',
			 l->line, l->kind);
		ck_assert_uint_eq(l->file, 1);
	}
	ck_assert_str_eq(buf_cstr(&said), rows[_i].want);
	buf_release(&said);
	arena_release(&a);
}
END_TEST

Suite *masked_suite(void)
{
	Suite *s = suite_create("masked");
	TCase *tc = tcase_create("masked");

	add_rows(tc, a_line_of_which_something_is_masked_is_known, rows);
	suite_add_tcase(s, tc);
	return s;
}
