/*
 * Replies by the hundred, made by a generator that knows what is true of each
 * finding: which line its quote was taken from, or that it was taken from
 * nowhere. What ground makes of them is counted.
 */
#include <stdio.h>

#include "agent/ground.h"
#include "generated.h"

#define WORLDS 12
#define REPLIES 640
#define FINDINGS 4 /* of a reply, at most */

/* ---- findings */

/* A finding, and what is true of it. */
struct made {
	const struct sheet *sheet;
	size_t at, lines; /* quoted lines of the sheet; */
	bool valid, old;
	uint32_t line;
	const char *kind;
	struct span quote;
	const char *path;
	uint32_t hint;
};

struct maker {
	struct arena *arena;
	struct sheet sheets[4];
	struct buf b;
};

static struct span keep(struct maker *m)
{
	struct span s = arena_span(m->arena, buf_span(&m->b));

	buf_reset(&m->b);
	return s;
}

static const struct line *line_of(const struct made *f, size_t i)
{
	return &f->sheet->lines.ptr[f->at + i];
}

static struct span plain_text(const struct line *l)
{
	struct span s = span_trim(l->text);

	if (span_ends(s, "\\u{d}"))
		s.len -= 5;
	return span_trim(s);
}

static bool telling(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += isalnum((unsigned char)s.ptr[i]) != 0;
	return n >= 6;
}

/* Lines of one side of one hunk that stand together. */
static bool pick(struct maker *m, struct made *f, size_t lines)
{
	f->sheet = &m->sheets[roll(4)];
	if (f->sheet->lines.len < lines + 1)
		return false;
	f->at = roll((uint32_t)(f->sheet->lines.len - lines));
	f->lines = lines;
	f->old = line_of(f, 0)->sign == '-';
	for (size_t i = 0; i < lines; i++)
		if (line_of(f, i)->hunk != line_of(f, 0)->hunk ||
		    line_of(f, i)->sign == (f->old ? '+' : '-'))
			return false;
	f->line = f->old ? line_of(f, 0)->old_no : line_of(f, 0)->new_no;
	f->hint = f->line;
	f->path = f->old ? arena_cstr(m->arena, f->sheet->file->old_path)
			 : arena_cstr(m->arena, f->sheet->file->path);
	f->valid = true;
	return telling(plain_text(line_of(f, 0)));
}

/* The number is only a hint where the quote stands once. */
static void shift_hint(struct made *f)
{
	size_t n = f->old ? count_side(f->sheet, '+', f->quote)
			  : count_side(f->sheet, '-', f->quote);

	if (n != 1)
		return;
	switch (roll(4)) {
	case 0:
		f->hint = 0;
		break;
	case 1:
		f->hint = f->line + 1 + roll(20);
		break;
	case 2:
		f->hint = f->line > 9 ? f->line - 9 : 500;
		break;
	default:
		break;
	}
}

static bool make_line(struct maker *m, struct made *f)
{
	if (!pick(m, f, 1))
		return false;
	f->quote = plain_text(line_of(f, 0));
	return true;
}

static bool make_lines(struct maker *m, struct made *f)
{
	if (!pick(m, f, 2 + roll(2)))
		return false;
	for (size_t i = 0; i < f->lines; i++)
		buf_addf(&m->b, "%s%.*s", i ? "\n" : "",
			 SPAN_ARG(plain_text(line_of(f, i))));
	f->quote = keep(m);
	return true;
}

/* The same lines broken elsewhere. */
static bool make_reflowed(struct maker *m, struct made *f)
{
	if (!pick(m, f, 1 + roll(2)))
		return false;
	for (size_t i = 0; i < f->lines; i++) {
		struct span s = plain_text(line_of(f, i));

		buf_adds(&m->b, i ? " " : "");
		for (size_t k = 0; k < s.len; k++) {
			if (k && s.ptr[k] == '.' &&
			    islower((unsigned char)s.ptr[k + 1]))
				buf_adds(&m->b, "\n    ");
			buf_addc(&m->b, s.ptr[k]);
		}
	}
	f->quote = keep(m);
	return true;
}

/* From one end of a word to another. */
static bool make_part(struct maker *m, struct made *f)
{
	struct span s;
	size_t from, to;

	if (!make_line(m, f))
		return false;
	s = f->quote;
	from = roll((uint32_t)s.len / 2 + 1);
	while (from && !isspace((unsigned char)s.ptr[from - 1]))
		from--;
	to = s.len - roll((uint32_t)s.len / 3 + 1);
	while (to < s.len && !isspace((unsigned char)s.ptr[to]))
		to++;
	f->quote = span_trim(span_first(span_from(s, from), to - from));
	return telling(f->quote);
}

static bool make_margin(struct maker *m, struct made *f)
{
	if (!pick(m, f, 1 + roll(2)))
		return false;
	for (size_t i = 0; i < f->lines; i++) {
		const struct line *l = line_of(f, i);

		if (f->old != (l->sign == '-'))
			return false;
		buf_addf(&m->b, "%s%5u %c %.*s", i ? "\n" : "",
			 f->old ? l->old_no : l->new_no, l->sign,
			 SPAN_ARG(l->text));
	}
	f->quote = keep(m);
	return true;
}

static bool make_sign(struct maker *m, struct made *f)
{
	if (!make_line(m, f) || line_of(f, 0)->sign == ' ')
		return false;
	buf_addf(&m->b, "%c %.*s", line_of(f, 0)->sign, SPAN_ARG(f->quote));
	f->quote = keep(m);
	return true;
}

static bool make_ticks(struct maker *m, struct made *f)
{
	if (!make_line(m, f))
		return false;
	buf_addf(&m->b, "`%.*s`", SPAN_ARG(f->quote));
	f->quote = keep(m);
	return true;
}

/* A beginning and an ellipsis. */
static bool make_ellipsis(struct maker *m, struct made *f)
{
	struct span s;

	if (!make_line(m, f) || f->quote.len < 24)
		return false;
	s = text_clip(f->quote, 16 + roll((uint32_t)f->quote.len - 20));
	if (count_side(f->sheet, f->old ? '+' : '-', s) != 1)
		return false;
	buf_addf(&m->b, "%.*s%s", SPAN_ARG(s), roll(2) ? "…" : "...");
	f->quote = keep(m);
	return true;
}

/* ---- findings of what is not there */

static bool nowhere(const struct maker *m, struct span q)
{
	for (int i = 0; i < 4; i++)
		if (count_all(&m->sheets[i], q))
			return false;
	return true;
}

static bool make_fabricated(struct maker *m, struct made *f)
{
	if (!pick(m, f, 1))
		return false;
	f->valid = false;
	for (uint32_t i = 0, n = 1 + roll(2); i < n; i++) {
		buf_adds(&m->b, i ? "\n" : "");
		buf_addf(&m->b, "let %s = unsafe { %s.get_unchecked(%u) };",
			 name(), name(), roll(99));
	}
	f->quote = keep(m);
	return nowhere(m, f->quote);
}

/* A word of a line exchanged. */
static bool make_altered(struct maker *m, struct made *f)
{
	const char *old = name(), *new = name();
	ptrdiff_t at;

	if (!make_line(m, f))
		return false;
	f->valid = false;
	at = span_find(f->quote, span_of(old));
	if (at < 0)
		return false;
	buf_addf(&m->b, "%.*s%s%.*s", (int)at, f->quote.ptr, new,
		 SPAN_ARG(span_from(f->quote, (size_t)at + strlen(old))));
	f->quote = keep(m);
	return nowhere(m, f->quote);
}

/* A line of the file that no hunk shows. */
static bool make_unshown(struct maker *m, struct made *f)
{
	struct span rest, line = { 0 };
	uint32_t n;

	if (!pick(m, f, 1))
		return false;
	f->valid = false;
	rest = f->sheet->file->new_text;
	n = roll((uint32_t)text_count_lines(rest) + 1);
	f->hint = n ? n : 1;
	while (n-- && text_line(&rest, &line))
		;
	f->quote = span_trim(line);
	/* what is kept back or made visible is looked up as that */
	for (size_t i = 0; i < f->quote.len; i++)
		if ((unsigned char)f->quote.ptr[i] >= 0x80)
			return false;
	return telling(f->quote) && nowhere(m, f->quote) &&
	       span_find(f->quote, SPAN("sk-ant")) < 0;
}

static bool make_wrong_path(struct maker *m, struct made *f)
{
	static const char *const paths[] = { "src/poll.rs", "src/main.rs",
					     "tests/pool.rs", "lib/win.rs" };

	if (!make_line(m, f))
		return false;
	f->valid = false;
	f->path = paths[roll(4)];
	return true;
}

/* The path of another file, which does not have it. */
static bool make_other_path(struct maker *m, struct made *f)
{
	const struct sheet *other = &m->sheets[roll(4)];

	if (!make_line(m, f) || other == f->sheet || count_all(other, f->quote))
		return false;
	f->valid = false;
	f->path = arena_cstr(m->arena, other->file->path);
	return true;
}

/* The end of a hunk and the beginning of the next. */
static bool make_across(struct maker *m, struct made *f)
{
	if (!pick(m, f, 1) || f->at + 1 >= f->sheet->lines.len ||
	    line_of(f, 1)->hunk == line_of(f, 0)->hunk)
		return false;
	f->valid = false;
	buf_addf(&m->b, "%.*s%c%.*s", SPAN_ARG(plain_text(line_of(f, 0))),
		 roll(2) ? '\n' : ' ', SPAN_ARG(plain_text(line_of(f, 1))));
	f->quote = keep(m);
	return telling(plain_text(line_of(f, 1))) && nowhere(m, f->quote);
}

/* Out of the middle of a word. */
static bool make_torn(struct maker *m, struct made *f)
{
	size_t from = 1;

	if (!make_line(m, f))
		return false;
	f->valid = false;
	while (from < f->quote.len &&
	       !(isalpha((unsigned char)f->quote.ptr[from - 1]) &&
		 isalpha((unsigned char)f->quote.ptr[from])))
		from++;
	f->quote = span_from(f->quote, from);
	return telling(f->quote) && count_all(f->sheet, f->quote) <= 2 &&
	       line_of(f, 0)->sign == ' ';
}

/* A margin that says another line than the one that has it. */
static bool make_wrong_margin(struct maker *m, struct made *f)
{
	if (!make_line(m, f))
		return false;
	f->valid = false;
	buf_addf(&m->b, "%u   %.*s", f->line + 1000, SPAN_ARG(f->quote));
	f->quote = keep(m);
	return nowhere(m, f->quote);
}

static bool make_wrong_sign(struct maker *m, struct made *f)
{
	if (!make_line(m, f) || line_of(f, 0)->sign != '+' ||
	    count_side(f->sheet, '+', f->quote))
		return false;
	f->valid = false;
	buf_addf(&m->b, "- %.*s", SPAN_ARG(f->quote));
	f->quote = keep(m);
	return nowhere(m, f->quote);
}

static const struct {
	const char *kind;
	bool (*make)(struct maker *m, struct made *f);
} kinds[] = {
	{ "a line", make_line },
	{ "several lines", make_lines },
	{ "re-flowed", make_reflowed },
	{ "part of a line", make_part },
	{ "with its margin", make_margin },
	{ "with its sign", make_sign },
	{ "in back-ticks", make_ticks },
	{ "cut by an ellipsis", make_ellipsis },
	{ "fabricated", make_fabricated },
	{ "altered", make_altered },
	{ "not shown", make_unshown },
	{ "of no such file", make_wrong_path },
	{ "of another file", make_other_path },
	{ "across a gap", make_across },
	{ "out of a word", make_torn },
	{ "with a wrong margin", make_wrong_margin },
	{ "with a wrong sign", make_wrong_sign },
};

static void make_finding(struct maker *m, struct made *f)
{
	enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), TRIES = 100 };
	size_t kind = roll(KINDS);

	for (unsigned n = 1;; n++) {
		*f = (struct made){ .kind = kinds[kind].kind };
		buf_reset(&m->b);
		if (kinds[kind].make(m, f))
			break;
		if (n % TRIES == 0)
			kind = roll(KINDS); /* this change has none */
	}
	if (f->valid)
		shift_hint(f);
}

static void write_finding(struct buf *out, const struct made *f)
{
	bool fence = roll(3) == 0;
	struct span rest = f->quote, line;

	buf_addf(out, "- [must-fix] `%s", f->path);
	if (f->hint)
		buf_addf(out, ":%u", f->hint);
	buf_addf(out, "` — %s\n",
		 f->old ? "a check was removed here" : "this loses a value");
	buf_adds(out, fence ? "\n  ```rust\n" : "");
	while (text_line(&rest, &line))
		buf_addf(out, fence ? "  %.*s\n" : "  > %.*s\n",
			 SPAN_ARG(line));
	buf_adds(out, fence ? "  ```\n\n" : "");
}

/* ---- what came of them */

struct tally {
	unsigned replies, valid, lost, wrong_line, invalid, believed;
};

/* The first line, or one of the quoted that the hint names. */
static bool true_line(const struct made *f, const struct finding *got)
{
	return got->old == f->old &&
	       (got->line == f->line ||
		(got->line == f->hint && got->line > f->line &&
		 got->line < f->line + f->lines));
}

static void judge(struct tally *t, const struct made *f,
		  const struct finding *got)
{
	bool found = got->check == FINDING_VERIFIED;

	t->valid += f->valid;
	t->invalid += !f->valid;
	if (!f->valid && found) {
		t->believed++;
		fprintf(stderr, "believed, %s: %s:%u: %.*s\n", f->kind, f->path,
			got->line, SPAN_ARG(f->quote));
	} else if (f->valid && !found) {
		t->lost++;
		fprintf(stderr, "lost, %s: %s:%u: %.*s\n", f->kind, f->path,
			f->line, SPAN_ARG(f->quote));
	} else if (f->valid && !true_line(f, got)) {
		t->wrong_line++;
		fprintf(stderr, "line %u, not %u (%u), %s: %s: %.*s\n",
			got->line, f->line, f->hint, f->kind, f->path,
			SPAN_ARG(f->quote));
	}
}

/* What is said of it must be seen in the text. */
static void check_text(const struct world *w, const struct finding *got)
{
	struct span text = w->report.sections.ptr[1].text;
	char place[128];

	snprintf(place, sizeof(place), "`%.*s:%u`%s", SPAN_ARG(got->path),
		 got->line,
		 got->check == FINDING_UNVERIFIED ? " *(unverified)*" : "");
	if (got->line)
		ck_assert_msg(span_find(text, span_of(place)) >= 0, "%s: %.*s",
			      place, SPAN_ARG(text));
}

static void try_reply(struct world *w, struct maker *m, struct tally *t)
{
	struct made made[FINDINGS];
	size_t n = 1 + roll(FINDINGS), i;
	struct buf b = { 0 };

	for (i = 0; i < n; i++) {
		make_finding(m, &made[i]);
		write_finding(&b, &made[i]);
	}
	world_reply(w, 1, span_trim(buf_span(&b)));
	ck_assert_uint_eq(w->report.findings.len, n);
	ground_report(&w->report, &w->arena, &w->in);
	for (i = 0; i < n; i++) {
		judge(t, &made[i], &w->report.findings.ptr[i]);
		check_text(w, &w->report.findings.ptr[i]);
	}
	t->replies++;
	buf_release(&b);
}

START_TEST(what_a_reply_says_is_told_from_what_is_there)
{
	struct tally t = { 0 };

	state = 20251126;
	for (int i = 0; i < WORLDS; i++) {
		struct world w;
		struct maker m = { .arena = &w.arena };

		make_world(&w);
		for (size_t k = 0; k < 4; k++)
			read_sheet(&m.sheets[k], &w.arena,
				   &w.in.change.files.ptr[k]);
		for (int k = 0; k < (REPLIES + WORLDS - 1) / WORLDS; k++)
			try_reply(&w, &m, &t);
		buf_release(&m.b);
		world_close(&w);
	}
	printf("ground: %u replies; of %u valid findings %u lost, %u at "
	       "another line; of %u invalid ones %u believed\n",
	       t.replies, t.valid, t.lost, t.wrong_line, t.invalid, t.believed);
	ck_assert_uint_ge(t.replies, 500);
	ck_assert_uint_ge(t.valid, 500);
	ck_assert_uint_ge(t.invalid, 500);
	ck_assert_uint_eq(t.believed, 0);
	ck_assert_uint_le(100 * t.lost, t.valid);
	ck_assert_uint_le(100 * t.wrong_line, t.valid);
}
END_TEST

Suite *ground_replies_suite(void)
{
	Suite *s = suite_create("ground_replies");
	TCase *tc = tcase_create("ground_replies");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, what_a_reply_says_is_told_from_what_is_there);
	suite_add_tcase(s, tc);
	return s;
}
