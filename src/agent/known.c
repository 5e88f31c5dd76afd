/* Entries to files, and what they quote to the files' text. */
#include "agent/known.h"

#include <stdlib.h>
#include <string.h>

#include "agent/baseline.h"
#include "agent/fingerprint.h"
#include "agent/fold.h"
#include "agent/gather.h"
#include "agent/known_parts.h"
#include "agent/redact.h"
#include "base/buf.h"
#include "base/path_index.h"

/* Bytes that may be searched for quotes in all. */
#define WORK ((size_t)1 << 30)
#define CUT "…" /* what a notice's quote begins or ends with */

/* A file's new text while quotes are looked up in it. */
struct known_page {
	const struct file_change *file;
	struct buf folded;
	size_t *work;
};

static int by_file(const void *x, const void *y)
{
	const struct known_row *a = x, *b = y;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return strcmp(a->entry->fingerprint, b->entry->fingerprint);
}

static bool asked(const struct known_row *k)
{
	return k->state != KNOWN_GONE;
}

static int by_gravity(const void *x, const void *y)
{
	const struct known_row *a = x, *b = y;

	if (asked(a) != asked(b))
		return asked(a) ? -1 : 1;
	if (a->entry->level != b->entry->level)
		return a->entry->level < b->entry->level ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->entry->line != b->entry->line)
		return a->entry->line < b->entry->line ? -1 : 1;
	return by_file(x, y);
}

/* One line of a quote as the folded text has it: what its edges may have lost
 * there is left out. */
static void fold_quoted(struct buf *out, struct span line)
{
	line = span_trim(line);
	if (span_starts(line, CUT))
		line = span_trim(span_from(line, strlen(CUT)));
	if (span_ends(line, CUT))
		line.len -= strlen(CUT);
	fold_text(out, line);
	while (out->len &&
	       (out->ptr[out->len - 1] == ',' || out->ptr[out->len - 1] == ' '))
		out->ptr[--out->len] = '\0';
}

enum stands { STANDS_NOT, STANDS_MAYBE, STANDS };

/* Does the text hold every line of the quote? */
static enum stands stands(struct known_page *p, struct span quote)
{
	enum stands all = STANDS_MAYBE;
	struct buf folded = { 0 };
	struct span line;

	while (text_line(&quote, &line)) {
		buf_reset(&folded);
		fold_quoted(&folded, line);
		if (!folded.len)
			continue;
		all = STANDS_MAYBE;
		if (*p->work < p->folded.len)
			break;
		*p->work -= p->folded.len;
		all = span_find(buf_span(&p->folded), buf_span(&folded)) < 0
			      ? STANDS_NOT
			      : STANDS;
		if (all == STANDS_NOT)
			break;
	}
	buf_release(&folded);
	return all;
}

static enum known_state gone(const struct known_finding *k)
{
	return k->own && k->rule.len ? KNOWN_GONE : KNOWN_NOT_AGAIN;
}

static enum known_state state_of(struct known_page *p,
				 const struct known_finding *k)
{
	enum stands s = STANDS_MAYBE;

	if (p->file->status == FILE_DELETED)
		return gone(k);
	if (p->file->new_text.ptr)
		s = stands(p, k->quote);
	if (s == STANDS_MAYBE)
		return KNOWN_UNSEEN;
	/* of removed code: once it is back there is nothing to say of it */
	if (k->old)
		return s == STANDS ? gone(k) : KNOWN_UNSEEN;
	return s == STANDS ? KNOWN_STANDS : gone(k);
}

static void open_page(struct known_page *p, const struct file_change *f)
{
	struct buf masked = { 0 };

	p->file = f;
	buf_reset(&p->folded);
	if (f->new_text.ptr && *p->work) {
		redact_text(&masked, f->new_text, NULL);
		fold_text(&p->folded, buf_span(&masked));
	}
	buf_release(&masked);
}

static void set_states(struct known_rows *rows, const struct task_input *in)
{
	size_t work = WORK;
	struct known_page p = { .work = &work };

	vec_each (struct known_row, k, &rows->rows) {
		const struct file_change *f = &in->change.files.ptr[k->file];

		if (p.file != f)
			open_page(&p, f);
		k->state = state_of(&p, k->entry);
	}
	buf_release(&p.folded);
}

/* What is shown of the change, and what it deletes, by path; a file that was
 * moved by both of its paths. */
static void index_files(struct path_index *x, struct arena *a,
			const struct task_input *in)
{
	for (size_t i = 0; i < in->change.files.len; i++) {
		const struct file_change *f = &in->change.files.ptr[i];

		if (cover_shown(&in->covers.ptr[i]) ||
		    f->status == FILE_DELETED)
			path_index_add(x, a, f->path, i);
	}
	for (size_t i = 0; i < in->change.files.len; i++) {
		const struct file_change *f = &in->change.files.ptr[i];

		if (f->status == FILE_RENAMED &&
		    cover_shown(&in->covers.ptr[i]))
			path_index_add(x, a, f->old_path, i);
	}
}

static void sort(struct known_rows *k, int (*order)(const void *, const void *))
{
	if (k->rows.len)
		qsort(k->rows.ptr, k->rows.len, sizeof(*k->rows.ptr), order);
}

void known_find(struct known_rows *out, struct arena *a,
		const struct task_input *in, const struct baseline *b)
{
	struct path_index files = { 0 };
	unsigned n = 0;

	index_files(&files, a, in);
	vec_each (const struct known_finding, k, &b->entries) {
		size_t file = path_index_find(&files, k->path);

		if (file != PATH_NONE)
			*vec_push(&out->rows, a) =
				(struct known_row){ .entry = k, .file = file };
	}
	sort(out, by_file);
	set_states(out, in);
	sort(out, by_gravity);
	vec_each (struct known_row, k, &out->rows)
		k->number = ++n;
}

bool known_spot(const void *baseline, const struct rule *rule, struct span path,
		const struct rule_spot *spot)
{
	const struct baseline *b = baseline;
	const struct known_finding *k;
	char fingerprint[17];

	if (!b)
		return false;
	fingerprint_spot(fingerprint, rule, path, spot);
	k = baseline_find(b, fingerprint);
	return k && !k->expired &&
	       b->seen[k - b->entries.ptr]++ < (k->times ? k->times : 1);
}

/* ---- to a model */

bool known_asks(const struct known_rows *known)
{
	vec_each (const struct known_row, k, &known->rows)
		if (asked(k))
			return true;
	return false;
}

static const char *section_name(struct span id)
{
	for (size_t i = 0; i < eight_sections.len; i++)
		if (span_eqs(id, eight_sections.want[i].id))
			return eight_sections.want[i].name;
	return NULL;
}

static void write_row(struct buf *out, const struct known_row *k)
{
	const struct known_finding *e = k->entry;
	const char *section = section_name(e->section);
	struct span quote = text_clip(e->quote, BASELINE_TEXT), line;

	buf_addf(out, "k%u [%s] ", k->number, finding_level_name(e->level));
	buf_addsp(out, e->path);
	if (e->line)
		buf_addf(out, ":%u", e->line);
	if (section)
		buf_addf(out, ", %s", section);
	buf_adds(out, " — ");
	buf_addsp(out, text_clip(e->text, BASELINE_TEXT));
	buf_addc(out, '\n');
	while (text_line(&quote, &line))
		buf_addf(out, "  > %.*s\n", SPAN_ARG(line));
}

size_t known_write(struct buf *out, const struct known_rows *known)
{
	size_t n = 0, left_out = 0;

	vec_each (const struct known_row, k, &known->rows) {
		if (!asked(k))
			continue;
		if (n++ < KNOWN_ASKED)
			write_row(out, k);
		else
			left_out++;
	}
	return left_out;
}
