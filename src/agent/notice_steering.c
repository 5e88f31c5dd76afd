/* Edits of what steers a review: guides, attributes. */
#include "agent/notice_parts.h"

#include <ctype.h>

#include "agent/baseline.h"
#include "agent/redact.h"
#include "base/arena.h"
#include "base/buf.h"

/* ---- guides */

static bool guide_name(struct span path)
{
	static const char *const names[] = { "CLAUDE.md", "CLAUDE.local.md",
					     "AGENTS.md" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_glob(span_of(names[i]), path))
			return true;
	return false;
}

static bool used(const struct task_input *in, struct span path)
{
	vec_each (struct guide, g, &in->guides.guides)
		if (g->status == GUIDE_USED && span_eq(g->path, path))
			return true;
	return false;
}

static const char *edit_of(const struct file_change *f)
{
	switch (f->status) {
	case FILE_ADDED:
	case FILE_COPIED:
		return "adds";
	case FILE_DELETED:
		return "deletes";
	case FILE_RENAMED:
		return "moves";
	default:
		return "edits";
	}
}

static void say_guide(struct notices *n, size_t file, struct span path)
{
	const struct task_input *in = n->in;
	struct notice_place p = { .file = file };
	struct buf fact = { 0 };

	buf_addf(&fact, "the change %s %s`",
		 edit_of(&in->change.files.ptr[file]),
		 guide_name(path) ? "the guide " : "what a guide imports, ");
	redact_line(&fact, path, NULL);
	if (in->guides.source.len) {
		buf_adds(&fact, "`; this review goes by the ");
		redact_line(&fact, in->guides.source, NULL);
	} else {
		buf_addc(&fact, '`');
	}
	notice_say(n, NOTICE_GUIDE, &p, buf_cstr(&fact));
	buf_release(&fact);
}

void notice_guides(struct notices *n)
{
	if (n->in->range.all)
		return;
	for (size_t i = 0; i < n->in->change.files.len; i++) {
		const struct file_change *f = &n->in->change.files.ptr[i];

		if (guide_name(f->path) || used(n->in, f->path))
			say_guide(n, i, f->path);
		else if (f->status == FILE_RENAMED &&
			 (guide_name(f->old_path) || used(n->in, f->old_path)))
			say_guide(n, i, f->old_path);
	}
}

/* ---- the baseline */

void notice_baseline(struct notices *n)
{
	const struct baseline *b = n->in->baseline;
	struct buf fact = { 0 };

	if (!b || !b->path.len || n->in->range.all)
		return;
	for (size_t i = 0; i < n->in->change.files.len; i++) {
		const struct file_change *f = &n->in->change.files.ptr[i];
		struct notice_place p = { .file = i };

		if (!span_eq(f->path, b->path) &&
		    !(f->status == FILE_RENAMED &&
		      span_eq(f->old_path, b->path)))
			continue;
		buf_reset(&fact);
		buf_addf(&fact, "the change %s the baseline `", edit_of(f));
		redact_line(&fact, b->path, NULL);
		buf_addf(&fact, "`; this review goes by %.*s",
			 SPAN_ARG(b->from));
		notice_say(n, NOTICE_BASELINE, &p, buf_cstr(&fact));
	}
	buf_release(&fact);
}

/* ---- attributes */

/* Does a pattern of .gitattributes take Rust files in? */
static bool rust_pattern(const struct task_input *in, struct span pattern)
{
	if (span_ends(pattern, ".rs") || text_glob(pattern, SPAN("src/lib.rs")))
		return true;
	vec_each (struct file_change, f, &in->change.files)
		if (span_ends(f->path, ".rs") && text_glob(pattern, f->path))
			return true;
	return false;
}

static bool hides(struct span attribute)
{
	static const char *const names[] = { "-diff", "binary",
					     "linguist-generated",
					     "linguist-generated=true",
					     "diff=false" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_eqs(attribute, names[i]))
			return true;
	return false;
}

static bool next_word(struct span *rest, struct span *word)
{
	size_t n = 0;

	*rest = span_trim(*rest);
	while (n < rest->len && !isspace((unsigned char)rest->ptr[n]))
		n++;
	*word = span_first(*rest, n);
	*rest = span_from(*rest, n);
	return n > 0;
}

/* The attribute of the line that hides Rust files; empty: none. */
static struct span hiding(const struct task_input *in, struct span line)
{
	struct span rest = span_trim(line), word, pattern = { 0 };

	if (span_starts(rest, "#"))
		return (struct span){ 0 };
	while (next_word(&rest, &word)) {
		if (!pattern.len)
			pattern = word;
		else if (hides(word))
			return rust_pattern(in, pattern) ? word
							 : (struct span){ 0 };
	}
	return (struct span){ 0 };
}

static void look_at_attributes(struct notices *n, size_t file)
{
	const struct file_change *f = &n->in->change.files.ptr[file];

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			struct notice_place p = {
				.file = file,
				.line = l->new_no,
				.text = l->text,
			};
			struct span word;

			if (l->origin != '+')
				continue;
			word = hiding(n->in, l->text);
			if (word.len)
				notice_say(n, NOTICE_ATTRIBUTES, &p,
					   arena_printf(n->arena,
							"`%.*s` is given to "
							"Rust files",
							SPAN_ARG(word)));
		}
}

void notice_attributes(struct notices *n)
{
	for (size_t i = 0; i < n->in->change.files.len; i++)
		if (text_glob(SPAN(".gitattributes"),
			      n->in->change.files.ptr[i].path) &&
		    notice_reads(n, i))
			look_at_attributes(n, i);
}
