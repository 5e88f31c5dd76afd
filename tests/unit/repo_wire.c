#include "repo/wire.h"

#include "test.h"

/* A message with one of everything. */
static void put_change(struct buf *b, struct arena *a)
{
	struct wire w = { .to = b };
	struct change c = { 0 };
	struct file_change *f = vec_push(&c.files, a);
	struct hunk *h = vec_push(&f->hunks, a);
	struct diff_line *l = vec_push(&h->lines, a);

	f->path = SPAN("src/a.rs");
	f->old_path = SPAN("src/b.rs");
	f->status = FILE_RENAMED;
	memset(f->old_id, 'a', 40);
	h->heading = SPAN("fn main()");
	l->origin = '+';
	l->text = SPAN("let x = 1;");
	f->old_text = SPAN("");
	f->new_text = SPAN("let x = 1;\n");
	*vec_push(&c.untracked, a) = SPAN("u.rs");
	wire_change(&w, &c);
}

static bool take_change(struct change *c, struct arena *a, struct span bytes)
{
	struct wire w = { .from = bytes, .arena = a };

	*c = (struct change){ 0 };
	wire_change(&w, c);
	return !w.bad && !w.from.len;
}

START_TEST(what_was_put_is_taken)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct change c;

	put_change(&b, &a);
	ck_assert(take_change(&c, &a, buf_span(&b)));
	ck_assert(span_eqs(c.files.ptr->old_path, "src/b.rs"));
	ck_assert_uint_eq(strlen(c.files.ptr->old_id), 40);
	ck_assert_str_eq(c.files.ptr->new_id, "");
	ck_assert(span_eqs(c.files.ptr->hunks.ptr->lines.ptr->text,
			   "let x = 1;"));
	ck_assert(!c.files.ptr->old_text.len);
	ck_assert(span_eqs(c.files.ptr->new_text, "let x = 1;\n"));
	ck_assert(span_eqs(c.untracked.ptr[0], "u.rs"));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(a_message_cut_anywhere_is_bad)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct change c;

	put_change(&b, &a);
	for (size_t n = 0; n < b.len; n++)
		ck_assert(!take_change(&c, &a, span_first(buf_span(&b), n)));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* Sums over what was taken, so that a sanitizer sees every byte touched. */
static size_t touch(const struct change *c)
{
	size_t n = 0;

	vec_each (const struct file_change, f, &c->files) {
		for (size_t i = 0; i < f->new_text.len; i++)
			n += (unsigned char)f->new_text.ptr[i];
		vec_each (const struct hunk, h, &f->hunks)
			vec_each (const struct diff_line, l, &h->lines)
				for (size_t i = 0; i < l->text.len; i++)
					n += (unsigned char)l->text.ptr[i];
	}
	return n;
}

START_TEST(no_changed_byte_makes_it_read_or_reserve_beyond_the_message)
{
	static const unsigned char values[] = { 0, 1, 2, 0x7f, 0x80, 0xff };
	struct arena a = { 0 };
	struct buf b = { 0 };

	put_change(&b, &a);
	for (size_t i = 0; i < b.len; i++) {
		char was = b.ptr[i];

		for (size_t v = 0; v < sizeof(values); v++) {
			struct arena taken = { 0 };
			struct change c;

			b.ptr[i] = (char)values[v];
			if (take_change(&c, &taken, buf_span(&b)))
				touch(&c);
			ck_assert_uint_lt(taken.total, 64 << 10);
			arena_release(&taken);
		}
		b.ptr[i] = was;
	}
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(strings_and_ids_are_checked)
{
	struct arena a = { 0 };
	struct wire w = { .from = SPAN("\3\0\0\0\0\0\0\0a\0b"), .arena = &a };
	const char *s = "before";
	char id[41];

	wire_cstr(&w, &s);
	ck_assert(w.bad);
	ck_assert_ptr_null(s);
	w = (struct wire){ .from = SPAN("\1zzzzzzzzzzzzzzzzzzzz"
					"zzzzzzzzzzzzzzzzzzzz") };
	wire_id(&w, &id);
	ck_assert(w.bad);
	ck_assert_str_eq(id, "");
	arena_release(&a);
}
END_TEST

Suite *repo_wire_suite(void)
{
	Suite *s = suite_create("repo_wire");
	TCase *tc = tcase_create("repo_wire");

	tcase_add_test(tc, what_was_put_is_taken);
	tcase_add_test(tc, a_message_cut_anywhere_is_bad);
	tcase_add_test(
		tc,
		no_changed_byte_makes_it_read_or_reserve_beyond_the_message);
	tcase_add_test(tc, strings_and_ids_are_checked);
	suite_add_tcase(s, tc);
	return s;
}
