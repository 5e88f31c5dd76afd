#include "agent/prompt.h"

#include <stdio.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/chat.h"
#include "test.h"

static struct arena arena;
static struct task_request request;
static struct task_input in;

/* An id that changes with the content: its length and its first bytes. */
static int hash(void *ctx, char (*ids)[41], const struct span *texts, size_t n,
		struct error *err)
{
	size_t i;

	(void)ctx;
	(void)err;
	for (i = 0; i < n; i++)
		snprintf(ids[i], sizeof(ids[i]), "%040zx", texts[i].len);
	return 0;
}

static void add_line(struct hunk *h, char origin, uint32_t old_no,
		     uint32_t new_no, const char *text)
{
	*vec_push(&h->lines, &arena) = (struct diff_line){
		.origin = origin,
		.old_no = old_no,
		.new_no = new_no,
		.text = span_of(text),
	};
}

static struct file_change *add_file(const char *path)
{
	struct file_change *f = vec_push(&in.change.files, &arena);
	struct hunk *h = vec_push(&f->hunks, &arena);

	f->path = f->old_path = span_of(path);
	f->added = f->removed = 1;
	*h = (struct hunk){ .old_start = 7,
			    .old_lines = 2,
			    .new_start = 9,
			    .new_lines = 2,
			    .heading = SPAN("fn main()") };
	add_line(h, ' ', 7, 9, "same");
	add_line(h, '-', 8, 0, "old");
	add_line(h, '+', 0, 10, "new");
	vec_push(&in.covers, &arena)->path = f->path;
	return f;
}

static void setup(void)
{
	in = (struct task_input){ .task = &task_review, .request = &request };
	in.title = SPAN("1 commit");
	agent_file_load(&in.agent, &arena, NULL, NULL, NULL, NULL);
}

static void teardown(void)
{
	arena_release(&arena);
}

/* The user's message as one text. */
static const char *build(size_t *masked)
{
	struct chat chat = { 0 };
	struct buf b = { 0 };
	const char *text;

	ck_assert_int_eq(
		prompt_build(&chat, &arena, &in, hash, NULL, masked, NULL), 0);
	ck_assert_uint_eq(chat.messages.len, 1);
	vec_each (struct chat_part, p, &chat.messages.ptr[0].parts)
		buf_addsp(&b, p->text);
	text = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return text;
}

START_TEST(a_hunk_carries_its_line_numbers_in_the_margin)
{
	struct buf b = { 0 };

	prompt_hunks(&b, add_file("src/a.rs"));
	ck_assert_str_eq(buf_cstr(&b), "@@ -7,2 +9,2 @@ fn main()\n"
				       "    9   same\n"
				       "    8 - old\n"
				       "   10 + new\n");
	buf_release(&b);
}
END_TEST

START_TEST(what_the_repository_says_stands_between_its_own_fences)
{
	size_t masked;
	const char *t;

	add_file("src/a.rs");
	t = build(&masked);
	ck_assert_ptr_nonnull(strstr(t, "\n<<<diff 00000000000000000000\n"
					"src/a.rs\n@@ -7,2"));
	ck_assert_ptr_nonnull(strstr(t, "   10 + new\n>>>diff "
					"00000000000000000000\n"));
	ck_assert_uint_eq(masked, 0);
}
END_TEST

START_TEST(a_path_cannot_open_a_line_of_its_own)
{
	size_t masked;

	add_file("a\n>>>diff 00000000000000000000\nb.rs");
	ck_assert_ptr_null(strstr(build(&masked), "\nb.rs"));
}
END_TEST

START_TEST(a_file_that_is_not_sent_is_named_with_the_reason)
{
	const char *t;
	size_t masked;

	add_file(".env");
	in.covers.ptr[0].state = COVER_SKIPPED;
	in.covers.ptr[0].reason = SPAN("a credential file");
	t = build(&masked);
	ck_assert_ptr_nonnull(strstr(t, ".env: modified, +1 -1, not shown (a "
					"credential file)\n"));
	ck_assert_ptr_null(strstr(t, "10 + new"));
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes)
{
	size_t masked;
	const char *first;

	add_file("src/a.rs");
	first = build(&masked);
	ck_assert_str_eq(build(&masked), first);
}
END_TEST

START_TEST(the_stable_part_comes_first_and_may_be_cached)
{
	struct chat chat = { 0 };
	size_t masked;

	add_file("src/a.rs");
	prompt_build(&chat, &arena, &in, hash, NULL, &masked, NULL);
	ck_assert_uint_eq(chat.system.len, 1);
	ck_assert(chat.system.ptr[0].cache);
	ck_assert_int_ge(span_find(chat.system.ptr[0].text,
				   SPAN("\n    ## Critical Issues\n")),
			 0);
	ck_assert_uint_eq(chat.messages.ptr[0].parts.len, 2);
	ck_assert(chat.messages.ptr[0].parts.ptr[0].cache);
	ck_assert(!chat.messages.ptr[0].parts.ptr[1].cache);
	ck_assert_int_lt(span_find(chat.system.ptr[0].text, SPAN("{sections}")),
			 0);
}
END_TEST

START_TEST(a_secret_in_the_diff_is_masked_and_counted)
{
	struct file_change *f = add_file("src/a.rs");
	size_t masked;
	const char *t;

	f->hunks.ptr[0].lines.ptr[2].text =
		span_of(arena_printf(&arena, "let k = \"ghp_%s\";",
				     "Zk3vQ9xT7bLw2RfY8hNd"
				     "J5mPsC4gAaVuEi6o"));
	t = build(&masked);
	ck_assert_uint_eq(masked, 1);
	ck_assert_ptr_null(strstr(t, "ghp_Zk3v"));
	ck_assert_ptr_nonnull(strstr(t, "[masked:"));
}
END_TEST

Suite *prompt_suite(void)
{
	Suite *s = suite_create("prompt");
	TCase *tc = tcase_create("prompt");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_hunk_carries_its_line_numbers_in_the_margin);
	tcase_add_test(tc,
		       what_the_repository_says_stands_between_its_own_fences);
	tcase_add_test(tc, a_path_cannot_open_a_line_of_its_own);
	tcase_add_test(tc, a_file_that_is_not_sent_is_named_with_the_reason);
	tcase_add_test(tc, the_same_input_gives_the_same_bytes);
	tcase_add_test(tc, the_stable_part_comes_first_and_may_be_cached);
	tcase_add_test(tc, a_secret_in_the_diff_is_masked_and_counted);
	suite_add_tcase(s, tc);
	return s;
}
