#include "agent/prompt.h"

#include <stdio.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/mask.h"
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
	request = (struct task_request){ 0 };
	in = (struct task_input){ .task = &task_review, .request = &request };
	in.title = SPAN("1 commit");
	agent_file_load(&in.agent, &arena, NULL, NULL, NULL, NULL);
}

static void teardown(void)
{
	arena_release(&arena);
}

/* The user's message as one text. */
static const char *build(size_t *total)
{
	struct mask_counts masked = { 0 };
	struct chat chat = { 0 };
	struct buf b = { 0 };
	const char *text;

	ck_assert_int_eq(
		prompt_build(&chat, &arena, &in, hash, NULL, &masked, NULL), 0);
	*total = masked.total;
	ck_assert_uint_eq(chat.messages.len, 1);
	vec_each (struct chat_part, p, &chat.messages.ptr[0].parts)
		buf_addsp(&b, p->text);
	text = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return text;
}

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

START_TEST(existing_code_is_shown_whole_and_never_called_a_change)
{
	struct commit_info message = { .message = SPAN("why") };
	struct file_change *f = add_file("src/a.rs");
	size_t masked;
	const char *t;

	f->status = FILE_ADDED;
	f->hunks.ptr[0].lines.len = 0;
	add_line(f->hunks.ptr, '+', 0, 1, "one");
	add_line(f->hunks.ptr, '+', 0, 2,
		 arena_printf(&arena, "\tghp_%s",
			      "Zk3vQ9xT7bLw2RfY8hNd"
			      "J5mPsC4gAaVuEi6o"));
	in.task = &task_code;
	in.range.all = true;
	in.change.added = 2;
	in.title = SPAN("1 file of HEAD as it stands");
	*vec_push(&in.commits.commits, &arena) = message;
	t = build(&masked);
	ck_assert_uint_eq(masked, 1);
	ck_assert_ptr_nonnull(strstr(t, "1 file of HEAD as it stands, 2 lines. "
					"Existing code, not a change."));
	ck_assert_ptr_nonnull(strstr(t, "\nsrc/a.rs: 1 line\n"));
	ck_assert_ptr_nonnull(strstr(t, "the authors say the code does"));
	ck_assert_ptr_nonnull(strstr(t, "\n# The code\n\n<<<file 0000"));
	ck_assert_ptr_nonnull(
		strstr(t, "\nsrc/a.rs\n    1   one\n    2   \t["));
	ck_assert_ptr_null(strstr(t, "added"));
	ck_assert_ptr_null(strstr(t, "<<<diff"));
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
	struct mask_counts masked;

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

/* No key: letters that have its form. */
#define BEGIN                     \
	"-----BEGIN RSA PRIVATE " \
	"KEY-----"
#define END                     \
	"-----END RSA PRIVATE " \
	"KEY-----"
static const char *const body[] = {
	"MIIEpAIBAAKCAQEA7bq0Zt3vYx9KQm2Lw5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0Uh",
	"q8N3rJpL5tGx2ZsYc7Vb1MdKf9Qw4EuIoAyTn6RhXjBzPgCvSlDm0WkFe3aUiO5H",
	"Zt3vYx9KQm2Lw5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0UhMIIEpAIBAAKCAQEA7bq0",
	"5tGx2ZsYc7Vb1MdKf9Qw4EuIoAyTn6RhXjBzPgCvSlDm0WkFe3aUiO5Hq8N3rJpL",
	"Ko1cPfS4gHjTzXiVyBk6Wa0UhMIIEpAIBAAKCAQEA7bq0Zt3vYx9KQm2Lw5uRd8n",
	"w4EuIoAyTn6RhXjBzPgCvSlDm0WkFe3aUiO5Hq8N3rJpL5tGx2ZsYc7Vb1MdKf9Q",
	"Qm2Lw5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0Uh==",
};
#define LINES (sizeof(body) / sizeof(body[0]))

static const char *key_text(void)
{
	struct buf b = { 0 };
	const char *text;
	size_t i;

	buf_adds(&b, "before\n" BEGIN "\n");
	for (i = 0; i < LINES; i++)
		buf_addf(&b, "%s\n", body[i]);
	buf_adds(&b, END "\nafter\n");
	text = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return text;
}

static void check_no_key(const char *t)
{
	char part[13];
	size_t i;

	ck_assert_ptr_nonnull(strstr(t, "before\n"));
	ck_assert_ptr_nonnull(strstr(t, "after\n"));
	ck_assert_ptr_nonnull(strstr(t, "[masked:private-key***"));
	ck_assert_ptr_null(strstr(t, BEGIN));
	ck_assert_ptr_null(strstr(t, END));
	for (i = 0; i < LINES; i++) {
		snprintf(part, sizeof(part), "%s", body[i]);
		ck_assert_msg(!strstr(t, part), "line %zu of the key: %s", i,
			      t);
	}
}

/* Where BEGIN, a line of the body and END come from; a note that the other
 * side has between BEGIN and the body. */
static const struct {
	const char *begin, *line, *end;
	char note;
	size_t masked;
} woven[] = {
	{ "+", "+", "+", 0, 1 },   { "-", "-", "-", 0, 1 },
	{ " ", " ", " ", 0, 1 },   { " ", "-+", " ", 0, 1 },
	{ " ", "-", " ", 0, 1 },   { " ", "+", " ", 0, 1 },
	{ "-", " ", "-", '+', 1 }, { "+", " ", "+", '-', 1 },
	{ "-", "-", "-", '+', 1 }, { "-+", "-+", "-+", 0, 1 },
};

static void add_each(struct hunk *h, const char *origins, const char *text)
{
	for (; *origins; origins++)
		add_line(h, *origins, 1, 1, text);
}

START_TEST(a_private_key_in_a_diff_is_masked_whichever_side_it_is_on)
{
	struct hunk *h = &add_file("src/a.rs")->hunks.ptr[0];
	size_t masked, i;
	const char *t;

	h->lines.len = 0;
	add_line(h, ' ', 1, 1, "before");
	add_each(h, woven[_i].begin, BEGIN);
	if (woven[_i].note)
		add_line(h, woven[_i].note, 1, 1, "// a note, in two words");
	for (i = 0; i < LINES; i++)
		add_each(h, woven[_i].line, body[i]);
	add_each(h, woven[_i].end, END);
	add_line(h, ' ', 1, 1, "after");
	t = build(&masked);
	check_no_key(t);
	ck_assert_uint_eq(masked, woven[_i].masked);
	ck_assert_ptr_nonnull(strstr(t, "\n    1   before\n"));
	ck_assert_ptr_nonnull(strstr(t, "\n    1   after\n"));
}
END_TEST

/* Around each line of the key: a plain file, and string constants. */
static const struct {
	const char *before, *behind;
} constants[] = {
	{ "", "" },	   { "", "\r" },   { "    \"", "\\n\"," },
	{ "\t", "\\n\\" }, { "'", "' +" },
};

START_TEST(the_end_of_a_key_that_began_before_the_hunk_is_masked)
{
	struct hunk *h = &add_file("src/a.rs")->hunks.ptr[0];
	size_t masked, i;
	const char *t;

	h->lines.len = 0;
	add_line(h, '+', 1, 1, "let before = 1;");
	for (i = 0; i < LINES; i++)
		add_line(h, ' ', 1, 1,
			 arena_printf(&arena, "%s%s%s", constants[_i].before,
				      body[i], constants[_i].behind));
	add_line(h, ' ', 1, 1, END "\";");
	add_line(h, '-', 1, 1, "after();");
	t = build(&masked);
	ck_assert_uint_eq(masked, 1);
	for (i = 0; i < LINES; i++)
		ck_assert_ptr_null(strstr(t, body[i]));
	ck_assert_ptr_nonnull(strstr(t, " + let before = 1;\n    1   "
					"[masked:private-key***"));
	ck_assert_ptr_nonnull(strstr(t, END "\";\n    1 - after();\n"));
}
END_TEST

START_TEST(the_middle_of_a_key_is_masked_though_it_shows_no_end)
{
	struct hunk *h = &add_file("src/a.rs")->hunks.ptr[0];
	size_t masked, i;
	const char *t;

	h->lines.len = 0;
	for (i = 0; i < LINES - 1; i++)
		add_line(h, i == 3 ? '-' : ' ', 1, 1,
			 arena_printf(&arena, "%s%s%s", constants[_i].before,
				      body[i], constants[_i].behind));
	add_line(h, '+', 1, 1, "let two = \"NlP1yuaKzOo\";");
	t = build(&masked);
	ck_assert_uint_eq(masked, 1);
	for (i = 0; i < LINES - 1; i++)
		ck_assert_ptr_null(strstr(t, body[i]));
	ck_assert_ptr_nonnull(strstr(t, " + let two = \"NlP1yuaKzOo\";"));
}
END_TEST

START_TEST(two_long_words_in_a_row_are_no_key)
{
	struct hunk *h = &add_file("src/a.rs")->hunks.ptr[0];
	size_t masked;

	h->lines.len = 0;
	add_line(h, '+', 0, 1, body[0]);
	add_line(h, '+', 0, 2, body[1]);
	ck_assert_ptr_nonnull(strstr(build(&masked), body[0]));
	ck_assert_uint_eq(masked, 0);
}
END_TEST

START_TEST(two_keys_in_a_diff_count_as_two)
{
	struct hunk *h = &add_file("src/a.rs")->hunks.ptr[0];
	const char *sides = "-+";
	size_t masked, i;

	h->lines.len = 0;
	add_line(h, ' ', 1, 1, "before");
	for (; *sides; sides++) {
		add_line(h, *sides, 1, 1, BEGIN);
		for (i = 0; i < LINES; i++)
			add_line(h, *sides, 1, 1, body[i]);
		add_line(h, *sides, 1, 1, END);
	}
	add_line(h, ' ', 1, 1, "after");
	check_no_key(build(&masked));
	ck_assert_uint_eq(masked, 2);
}
END_TEST

START_TEST(a_line_of_a_key_is_no_hunk_heading)
{
	struct file_change *f = add_file("src/a.rs");
	size_t masked;
	const char *t;

	f->hunks.ptr[0].heading = span_of(body[0]);
	t = build(&masked);
	ck_assert_ptr_nonnull(strstr(t, "@@ -7,2 +9,2 @@\n"));
}
END_TEST

static void key_in_a_guide(const char *key)
{
	struct guide *g = vec_push(&in.guides.guides, &arena);

	g->path = SPAN("CLAUDE.md");
	g->text = span_of(key);
}

static void key_in_the_intent(const char *key)
{
	request.intent = key;
}

static void key_in_a_message(const char *key)
{
	vec_push(&in.commits.commits, &arena)->message = span_of(key);
}

static void key_in_a_request(const char *key)
{
	in.task = &task_design;
	request.text = key;
}

static void key_in_a_file(const char *key)
{
	struct source_file *f = vec_push(&in.files, &arena);

	in.task = &task_design;
	request.text = "a cache";
	f->path = SPAN("src/a.rs");
	f->text = span_of(key);
}

static const struct {
	void (*put)(const char *key);
} places[] = {
	{ key_in_a_guide },   { key_in_the_intent }, { key_in_a_message },
	{ key_in_a_request }, { key_in_a_file },
};

START_TEST(a_private_key_is_masked_wherever_it_stands)
{
	size_t masked;

	places[_i].put(key_text());
	check_no_key(build(&masked));
	ck_assert_uint_eq(masked, 1);
}
END_TEST

START_TEST(a_message_with_half_a_key_hides_no_other_message)
{
	size_t masked;
	const char *t;

	vec_push(&in.commits.commits, &arena)->message =
		span_of(arena_printf(&arena, "one\n" BEGIN "\n%s\n", body[0]));
	vec_push(&in.commits.commits, &arena)->message = SPAN("two\n");
	t = build(&masked);
	ck_assert_uint_eq(masked, 1);
	ck_assert_ptr_null(strstr(t, body[0]));
	ck_assert_ptr_nonnull(strstr(t, "\ntwo\n>>>intent"));
}
END_TEST

/* Every span that is not a text of its own. */
static void token_in_a_path(struct span t)
{
	add_file("src/a.rs")->path = t;
}

static void token_in_an_old_path(struct span t)
{
	add_file("src/a.rs")->old_path = t;
}

static void token_in_a_guide_path(struct span t)
{
	struct guide *g = vec_push(&in.guides.guides, &arena);

	g->path = t;
	g->text = SPAN("be short");
}

static void token_in_the_guide_source(struct span t)
{
	token_in_a_guide_path(SPAN("CLAUDE.md"));
	in.guides.source = t;
}

static void token_in_the_title(struct span t)
{
	in.title = t;
}

static void token_in_a_heading(struct span t)
{
	add_file("src/a.rs")->hunks.ptr[0].heading = t;
}

static void token_in_the_tree(struct span t)
{
	in.task = &task_design;
	request.text = "a cache";
	vec_push(&in.tree.entries, &arena)->path = t;
}

static void token_in_the_agent(struct span t)
{
	in.agent.body = t;
}

static const struct {
	void (*put)(struct span token);
	size_t masked;
} words[] = {
	{ token_in_a_path, 2 }, /* the manifest and the diff */
	{ token_in_an_old_path, 1 },	  { token_in_a_guide_path, 1 },
	{ token_in_the_guide_source, 1 }, { token_in_the_title, 1 },
	{ token_in_a_heading, 1 },	  { token_in_the_tree, 1 },
	{ token_in_the_agent, 1 },
};

START_TEST(names_and_paths_are_masked_and_made_visible)
{
	struct chat chat = { 0 };
	struct buf b = { 0 };
	struct mask_counts masked;

	words[_i].put(span_of(arena_printf(&arena, "a\xe2\x80\xae/ghp_%s/b.rs",
					   "Zk3vQ9xT7bLw2RfY8hNd"
					   "J5mPsC4gAaVuEi6o")));
	prompt_build(&chat, &arena, &in, hash, NULL, &masked, NULL);
	buf_addsp(&b, chat.system.ptr[0].text);
	vec_each (struct chat_part, p, &chat.messages.ptr[0].parts)
		buf_addsp(&b, p->text);
	ck_assert_ptr_null(strstr(buf_cstr(&b), "ghp_Zk3v"));
	ck_assert_ptr_null(strstr(buf_cstr(&b), "\xe2\x80\xae"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&b), "a\\u{202e}/[masked:"));
	ck_assert_uint_eq(masked.total, words[_i].masked);
	buf_release(&b);
}
END_TEST

Suite *prompt_suite(void)
{
	Suite *s = suite_create("prompt");
	TCase *tc = tcase_create("prompt");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc,
		       what_the_repository_says_stands_between_its_own_fences);
	tcase_add_test(tc,
		       existing_code_is_shown_whole_and_never_called_a_change);
	tcase_add_test(tc, a_path_cannot_open_a_line_of_its_own);
	tcase_add_test(tc, a_file_that_is_not_sent_is_named_with_the_reason);
	tcase_add_test(tc, the_same_input_gives_the_same_bytes);
	tcase_add_test(tc, the_stable_part_comes_first_and_may_be_cached);
	tcase_add_test(tc, a_secret_in_the_diff_is_masked_and_counted);
	add_rows(tc, a_private_key_in_a_diff_is_masked_whichever_side_it_is_on,
		 woven);
	add_rows(tc, the_end_of_a_key_that_began_before_the_hunk_is_masked,
		 constants);
	add_rows(tc, the_middle_of_a_key_is_masked_though_it_shows_no_end,
		 constants);
	tcase_add_test(tc, two_long_words_in_a_row_are_no_key);
	tcase_add_test(tc, two_keys_in_a_diff_count_as_two);
	tcase_add_test(tc, a_line_of_a_key_is_no_hunk_heading);
	add_rows(tc, a_private_key_is_masked_wherever_it_stands, places);
	tcase_add_test(tc, a_message_with_half_a_key_hides_no_other_message);
	add_rows(tc, names_and_paths_are_masked_and_made_visible, words);
	suite_add_tcase(s, tc);
	return s;
}
