#include "agent/statement.h"

#include "agent/gather.h"
#include "base/buf.h"
#include "rust/stated.h"

/* How the names of files begin in which projects tell of their changes. */
static const char *const logs[] = {
	"CHANGELOG", "CHANGES", "HISTORY",   "NEWS",
	"RELEASE",   "UPGRAD",	"MIGRATION", "BREAKING",
};

/* Folders of entries that become a change log at the next release. */
static const char *const folders[] = {
	"changelog", ".changelog",  "changelog.d", "changelogs",
	"changes",   ".changes",    ".changeset",  "newsfragments",
	"news",	     ".unreleased", "unreleased",
};

static struct span last_part(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return span_from(path, n);
}

static bool change_log(struct span path)
{
	struct span name = last_part(path), part;

	while (text_field(&path, '/', &part) && path.ptr)
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			if (span_eqs(part, folders[i]))
				return !span_ends(name, ".rs");
	for (size_t i = 0; i < sizeof(logs) / sizeof(*logs); i++)
		if (span_eqs_nocase(span_first(name, strlen(logs[i])), logs[i]))
			return !span_ends(name, ".rs");
	return false;
}

static void add_lines(struct buf *out, const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == '+' && out->len < STATED_MAX) {
				buf_addsp(out, l->text);
				buf_addc(out, '\n');
			}
}

struct span statement_text(const struct task_input *in, struct arena *a)
{
	struct buf b = { 0 };
	struct span text;

	vec_each (struct commit_info, c, &in->commits.commits) {
		buf_addsp(&b, c->subject);
		buf_addc(&b, '\n');
	}
	if (in->request->intent)
		buf_addf(&b, "%s\n", in->request->intent);
	buf_addc(&b, '\n');
	vec_each (struct commit_info, c, &in->commits.commits) {
		buf_addsp(&b, c->message);
		buf_addc(&b, '\n');
	}
	vec_each (struct file_change, f, &in->change.files)
		if (!in->range.all && change_log(f->path))
			add_lines(&b, f);
	text = arena_span(a, buf_span(&b));
	buf_release(&b);
	return text;
}

static bool new_version(const struct file_change *f)
{
	if (!span_eqs(last_part(f->path), "Cargo.toml") ||
	    f->status != FILE_MODIFIED)
		return false;
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == '+' &&
			    span_starts(l->text, "version = \""))
				return true;
	return false;
}

bool statement_announces(const struct change *c)
{
	vec_each (struct file_change, f, &c->files)
		if (new_version(f) || (f->added && change_log(f->path)))
			return true;
	return false;
}
