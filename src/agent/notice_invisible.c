/* Text that hides: on added lines, in paths, in guides. */
#include "agent/notice_parts.h"

#include "base/arena.h"

/* Scripts whose letters take another form beside a joiner or a non-joiner
 * (The Unicode Standard, "Cursive Connection and Ligatures"): Arabic and its
 * kin, those of India, Sinhala, Myanmar, Khmer, Mongolian. */
static bool joining(int32_t cp)
{
	static const struct {
		int32_t first, last;
	} blocks[] = {
		{ 0x0620, 0x07FF }, { 0x0840, 0x08FF }, { 0x0900, 0x0DFF },
		{ 0x1000, 0x109F }, { 0x1780, 0x18AF }, { 0xA840, 0xA8FF },
		{ 0xA980, 0xA9FF }, { 0xAA60, 0xAA7F }, { 0xABC0, 0xABFF },
		{ 0xFB50, 0xFDFF }, { 0xFE70, 0xFEFC },
	};

	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
		if (cp >= blocks[i].first && cp <= blocks[i].last)
			return !text_invisible((uint32_t)cp);
	return false;
}

/* Does a joiner of three bytes at `at` stand between two such letters? */
static bool joins(struct span line, size_t at)
{
	struct span before = { line.ptr + at, 0 };
	struct span after = span_from(line, at + 3);

	while (before.len < 3 && before.ptr > line.ptr &&
	       (before.len == 0 ||
		((unsigned char)*before.ptr & 0xC0) == 0x80)) {
		before.ptr--;
		before.len++;
	}
	return before.len && after.len && joining(text_utf8(&before)) &&
	       joining(text_utf8(&after));
}

/* The first hidden character that no common practice puts there. */
static const char *hidden(struct span line, uint32_t number, size_t *at,
			  uint32_t *cp)
{
	size_t from = 0;
	const char *what;

	/* CRLF line ends, form feeds, the mark some editors begin a file with
	 */
	if (span_ends(line, "\r"))
		line.len--;
	if (number == 1 && span_starts(line, "\xEF\xBB\xBF"))
		from = 3;
	while ((what = text_hidden(span_from(line, from), at, cp))) {
		*at += from;
		if (*cp == '\f')
			from = *at + 1;
		else if ((*cp == 0x200C || *cp == 0x200D) && joins(line, *at))
			from = *at + 3;
		else
			break;
	}
	return what;
}

static void say(struct notices *n, struct notice_place *p, const char *where,
		const char *what, uint32_t cp)
{
	notice_say(n, NOTICE_INVISIBLE, p,
		   arena_printf(n->arena, "%s U+%04X, a %s", where,
				(unsigned)cp, what));
}

static void look_at_lines(struct notices *n, size_t file)
{
	const struct file_change *f = &n->in->change.files.ptr[file];
	const char *what;
	uint32_t cp;

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			struct notice_place p = {
				.file = file,
				.line = l->new_no,
				.text = l->text,
			};

			if (l->origin != '+')
				continue;
			what = hidden(l->text, l->new_no, &p.at, &cp);
			if (what)
				say(n, &p, "the line holds", what, cp);
		}
}

static bool new_path(const struct notices *n, const struct file_change *f)
{
	return n->in->range.all || f->status == FILE_ADDED ||
	       f->status == FILE_RENAMED || f->status == FILE_COPIED;
}

static void look_at_path(struct notices *n, size_t file)
{
	const struct file_change *f = &n->in->change.files.ptr[file];
	struct notice_place p = { .file = file };
	uint32_t cp;
	const char *what = text_hidden(f->path, &p.at, &cp);

	if (what && new_path(n, f))
		say(n, &p, "the path holds", what, cp);
}

/* Comments were dropped from a guide: its lines have no numbers. */
static void look_at_guide(struct notices *n, const struct guide *g)
{
	struct notice_place p = { .file = NOTICE_NO_FILE, .path = g->path };
	struct span rest = g->text;
	uint32_t number = 0, cp;
	const char *what;

	while (text_line(&rest, &p.text)) {
		what = hidden(p.text, ++number, &p.at, &cp);
		if (what)
			say(n, &p, "a line of this guide holds", what, cp);
	}
}

void notice_invisible(struct notices *n)
{
	for (size_t i = 0; i < n->in->change.files.len; i++) {
		look_at_path(n, i);
		if (notice_reads(n, i))
			look_at_lines(n, i);
	}
	vec_each (struct guide, g, &n->in->guides.guides)
		if (g->status == GUIDE_USED)
			look_at_guide(n, g);
}
