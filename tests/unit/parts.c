#include "agent/parts.h"

#include <stdio.h>

#include "agent/gather.h"
#include "agent/task.h"
#include "base/buf.h"
#include "llm/models.h"
#include "test.h"

static struct arena arena;
static struct task_input in;
static const struct task_request request;
static const struct model model = { .id = "m", .tokenizer = TOKENS_CLAUDE };

static void setup(void)
{
	in = (struct task_input){ .task = &task_review, .request = &request };
}

static void teardown(void)
{
	arena_release(&arena);
}

/* A file of added lines; each line of the text is one. */
static void add_file(const char *path, const char *text)
{
	struct file_change *f = vec_push(&in.change.files, &arena);
	struct cover *c = vec_push(&in.covers, &arena);
	struct hunk *h = vec_push(&f->hunks, &arena);
	struct span rest = span_of(text), line;

	f->path = f->old_path = span_of(path);
	f->status = FILE_ADDED;
	f->new_mode = 0100644;
	f->new_text = span_of(text);
	h->new_start = 1;
	while (text_line(&rest, &line)) {
		struct diff_line *l = vec_push(&h->lines, &arena);

		l->origin = '+';
		l->text = line;
		l->new_no = ++h->new_lines;
		f->added++;
	}
	*c = (struct cover){
		.path = f->path, .hunks = 1, .hunks_sent = 1, .counts = true
	};
}

/* The same, read as Rust. */
static void add_rust(const char *path, const char *text)
{
	struct code_file *c;
	struct source *s = arena_new(&arena, struct source);

	add_file(path, text);
	c = vec_push(&in.code.files, &arena);
	c->index = in.change.files.len - 1;
	source_read(s, &arena, span_of(path), span_of(text));
	c->now = s;
	c->line = code_lines(&arena, moved_lines(&arena, &in.change),
			     &in.change.files.ptr[c->index], s->lx.lines);
	c->understood = true;
}

static const char *repeat(const char *line, unsigned n)
{
	struct buf b = { 0 };
	char *out;

	while (n--)
		buf_addf(&b, "%s\n", line);
	out = arena_strdup(&arena, buf_cstr(&b));
	buf_release(&b);
	return out;
}

/* "a.rs b.rs | c.rs": the files of each part that show something. */
static const char *shown(const struct parts *p)
{
	struct buf b = { 0 };
	char *out;

	for (size_t i = 0; i < p->count; i++) {
		struct task_input *part = parts_input(p, &arena, &in, i);

		buf_adds(&b, i ? " |" : "");
		for (size_t k = 0; k < part->change.files.len; k++)
			if (cover_shown(&part->covers.ptr[k]))
				buf_addf(&b, "%s%.*s", b.len ? " " : "",
					 SPAN_ARG(part->change.files.ptr[k]
							  .path));
	}
	out = arena_strdup(&arena, buf_cstr(&b));
	buf_release(&b);
	return out;
}

START_TEST(what_fits_is_one_part_and_the_whole)
{
	struct parts p = { 0 };

	add_file("a", repeat("some words", 20));
	add_file("b", repeat("some words", 20));
	parts_plan(&p, &arena, &in, &model, 100000, 16);
	ck_assert_uint_eq(p.count, 1);
	ck_assert(!p.split);
	ck_assert_str_eq(shown(&p), "a b");
	ck_assert_int_eq(in.covers.ptr[0].state, COVER_FULL);
}
END_TEST

START_TEST(with_room_for_nothing_it_is_one_part_that_fits_nowhere)
{
	struct parts p = { 0 };

	add_file("a", repeat("some words", 2000));
	parts_plan(&p, &arena, &in, &model, 900, 16);
	ck_assert_uint_eq(p.count, 1);
	ck_assert(!p.split);
	ck_assert_uint_eq(in.most.around, 0);
	ck_assert_uint_eq(parts_input(&p, &arena, &in, 0)->most.around, 1);
	ck_assert_int_eq(in.covers.ptr[0].state, COVER_FULL);
}
END_TEST

START_TEST(files_that_name_each_other_stand_together)
{
	struct parts p = { 0 };
	const char *body = repeat("// as long as it takes to fill a part", 150);

	add_rust("a.rs", arena_printf(&arena, "pub struct Alpha;\n%s", body));
	add_rust("b.rs", arena_printf(&arena, "pub struct Beta;\n%s", body));
	add_rust("c.rs", arena_printf(&arena, "fn c(a: Alpha) {}\n%s", body));
	add_rust("d.rs", arena_printf(&arena, "fn d(b: Beta) {}\n%s", body));
	parts_plan(&p, &arena, &in, &model, 9000, 16);
	ck_assert_str_eq(shown(&p), "a.rs c.rs | b.rs d.rs");
}
END_TEST

START_TEST(a_long_hunk_is_cut_where_an_item_begins)
{
	struct parts p = { 0 };
	struct buf b = { 0 };

	for (unsigned i = 0; i < 200; i++)
		buf_addf(&b, "/// Says %u.\npub fn f%u() {\n    g(%u);\n}\n", i,
			 i, i);
	add_rust("a.rs", arena_strdup(&arena, buf_cstr(&b)));
	buf_release(&b);
	parts_plan(&p, &arena, &in, &model, 6000, 16);
	ck_assert_uint_gt(p.count, 1);
	vec_each (struct chunk, c, &p.chunks.rows)
		ck_assert(span_starts(in.change.files.ptr[0]
					      .hunks.ptr[0]
					      .lines.ptr[c->first]
					      .text,
				      "/// Says"));
	ck_assert_int_eq(in.covers.ptr[0].state, COVER_FULL);
	ck_assert_uint_eq(in.covers.ptr[0].hunks_sent, 1);
	ck_assert_uint_eq(in.covers.ptr[0].part, 1);
	ck_assert_uint_eq(in.covers.ptr[0].last_part, p.count);
}
END_TEST

START_TEST(without_room_for_all_the_riskiest_stay_and_none_is_starved)
{
	struct parts p = { 0 };

	add_file("docs/a.md", repeat("words of a manual, many of them", 300));
	add_rust("src/a.rs", repeat("fn a() { unsafe { b() } }", 150));
	add_file("tests/t.txt", "one line\n");
	parts_plan(&p, &arena, &in, &model, 9000, 1);
	ck_assert_str_eq(shown(&p), "src/a.rs tests/t.txt");
	ck_assert_int_eq(in.covers.ptr[0].state, COVER_SKIPPED);
	ck_assert(span_eqs(in.covers.ptr[0].reason, "over --max-parts"));
	ck_assert(!in.covers.ptr[0].counts);
	ck_assert(in.covers.ptr[1].counts);
}
END_TEST

START_TEST(a_line_that_no_request_holds_is_left_out_and_said)
{
	struct parts p = { 0 };
	char *line = arena_alloc(&arena, 100001);

	memset(line, 'x', 100000);
	for (size_t i = 0; i < 100000; i += 7)
		line[i] = ' ';
	add_file("long", line);
	add_file("short", "word\n");
	parts_plan(&p, &arena, &in, &model, 8000, 16);
	ck_assert_str_eq(shown(&p), "short");
	ck_assert(span_eqs(in.covers.ptr[0].reason,
			   "a line is longer than a request holds"));
}
END_TEST

START_TEST(parts_that_are_lost_take_their_files_along)
{
	struct parts p = { 0 };
	bool lost[16] = { false, true };

	for (unsigned i = 0; i < 4; i++)
		add_file(arena_printf(&arena, "f%u", i),
			 repeat("as long as it takes to fill a part", 150));
	parts_plan(&p, &arena, &in, &model, 9000, 16);
	ck_assert_str_eq(shown(&p), "f0 f1 | f2 f3");
	parts_lose(&p, in.covers.ptr, in.covers.len, lost);
	ck_assert_int_eq(in.covers.ptr[1].state, COVER_FULL);
	ck_assert_int_eq(in.covers.ptr[2].state, COVER_SKIPPED);
	ck_assert(span_eqs(in.covers.ptr[3].reason,
			   "its part of the review failed"));
}
END_TEST

/* ---- any change */

static unsigned seed;

static unsigned pick(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static void add_hunks(struct file_change *f, unsigned n)
{
	uint32_t old = 1, new = 1;

	while (n--) {
		struct hunk *h = vec_push(&f->hunks, &arena);

		old += 10;
		new += 10;
		*h = (struct hunk){ .old_start = old, .new_start = new };
		for (unsigned k = pick(4) ? pick(40) + 1 : pick(1500) + 1; k;
		     k--) {
			struct diff_line *l = vec_push(&h->lines, &arena);

			l->origin = "+- "[pick(3)];
			l->text = span_of(arena_printf(&arena, "%*s word(%u)",
						       (int)pick(60), "x", k));
			l->old_no = l->origin == '+' ? 0 : old++;
			l->new_no = l->origin == '-' ? 0 : new ++;
			h->old_lines += l->origin != '+';
			h->new_lines += l->origin != '-';
		}
	}
}

static size_t make_change(void)
{
	unsigned n = pick(40) + 2;
	size_t lines = 0;

	for (unsigned i = 0; i < n; i++) {
		struct file_change *f = vec_push(&in.change.files, &arena);
		struct cover *c = vec_push(&in.covers, &arena);

		f->path = span_of(arena_printf(&arena, "%s/f%u.%s",
					       pick(3) ? "src" : "tests", i,
					       pick(3) ? "c" : "md"));
		f->old_path = f->path;
		add_hunks(f, pick(8));
		*c = (struct cover){ .path = f->path, .counts = true };
		c->hunks = c->hunks_sent = (uint32_t)f->hunks.len;
		if (!pick(6)) {
			c->state = COVER_SUMMARY;
			c->hunks_sent = 0;
			continue;
		}
		vec_each (struct hunk, h, &f->hunks)
			lines += h->lines.len;
	}
	return lines;
}

static int by_address(const void *x, const void *y)
{
	const struct diff_line *const *a = x, *const *b = y;

	return *a < *b ? -1 : *a > *b;
}

struct line_list {
	VEC(const struct diff_line *) rows;
};

/* Every line of the part's patch; and its hunks have the numbers of these. */
static void note_part(struct line_list *seen, const struct task_input *part)
{
	for (size_t i = 0; i < part->change.files.len; i++) {
		if (!cover_shown(&part->covers.ptr[i]))
			continue;
		vec_each (struct hunk, h, &part->change.files.ptr[i].hunks) {
			uint32_t old = 0, new = 0;

			vec_each (struct diff_line, l, &h->lines) {
				*vec_push(&seen->rows, &arena) = l;
				old = old ? old : l->old_no;
				new = new ? new : l->new_no;
			}
			ck_assert(!h->old_lines || h->old_start == old);
			ck_assert(!h->new_lines || h->new_start == new);
		}
	}
}

/* Each line at most once; returns how many there are. */
static size_t count_lines(const struct parts *p)
{
	struct line_list seen = { 0 };

	for (size_t i = 0; i < p->count; i++)
		note_part(&seen, parts_input(p, &arena, &in, i));
	if (seen.rows.len)
		qsort(seen.rows.ptr, seen.rows.len, sizeof(*seen.rows.ptr),
		      by_address);
	for (size_t i = 1; i < seen.rows.len; i++)
		ck_assert_ptr_ne(seen.rows.ptr[i], seen.rows.ptr[i - 1]);
	return seen.rows.len;
}

/* The ledger speaks of what is shown, and of nothing else. */
static void check_covers(const struct parts *p)
{
	size_t files = in.change.files.len;
	uint32_t *cut = arena_array(&arena, files * 16, sizeof(*cut));

	vec_each (struct chunk, c, &p->chunks.rows)
		cut[c->file * 16 + c->hunk] |= c->part == PART_NONE;
	for (size_t i = 0; i < files; i++) {
		const struct cover *c = &in.covers.ptr[i];
		uint32_t whole = 0;

		for (size_t k = 0; k < c->hunks; k++)
			whole += !cut[i * 16 + k];
		if (c->state == COVER_SUMMARY || !c->hunks)
			continue;
		ck_assert_uint_eq(c->hunks_sent, whole);
		ck_assert_int_eq(c->state == COVER_FULL, whole == c->hunks);
		ck_assert_int_eq(c->counts, c->state == COVER_FULL);
		ck_assert_int_eq(c->state == COVER_FULL, !c->reason.len);
	}
}

START_TEST(every_line_is_in_one_part_or_said_to_be_in_none)
{
	struct parts p = { 0 };
	size_t lines, most;
	int64_t room;

	seed = (unsigned)_i * 7919u + 3;
	lines = make_change();
	room = 4000 + pick(60000);
	most = pick(3) ? 1000 : pick(6) + 1;
	parts_plan(&p, &arena, &in, &model, room, most);
	ck_assert_uint_ge(p.count, 1);
	ck_assert_uint_le(p.count, most);
	for (size_t i = 0; i < p.count; i++)
		ck_assert_int_le(p.sum[i].tokens, p.split ? p.room : p.beside);
	check_covers(&p);
	if (most == 1000)
		ck_assert_uint_eq(count_lines(&p), lines);
	else
		ck_assert_uint_le(count_lines(&p), lines);
}
END_TEST

Suite *parts_suite(void)
{
	Suite *s = suite_create("parts");
	TCase *tc = tcase_create("parts");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_fits_is_one_part_and_the_whole);
	tcase_add_test(tc,
		       with_room_for_nothing_it_is_one_part_that_fits_nowhere);
	tcase_add_test(tc, files_that_name_each_other_stand_together);
	tcase_add_test(tc, a_long_hunk_is_cut_where_an_item_begins);
	tcase_add_test(
		tc, without_room_for_all_the_riskiest_stay_and_none_is_starved);
	tcase_add_test(tc, a_line_that_no_request_holds_is_left_out_and_said);
	tcase_add_test(tc, parts_that_are_lost_take_their_files_along);
	tcase_add_loop_test(tc, every_line_is_in_one_part_or_said_to_be_in_none,
			    0, 120);
	suite_add_tcase(s, tc);
	return s;
}
