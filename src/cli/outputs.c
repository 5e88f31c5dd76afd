#include "cli/outputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/ci_log.h"
#include "base/fs.h"
#include "cli/ci.h"
#include "cli/invocation.h"
#include "cli/pager.h"
#include "render/render.h"

int output_words_add(struct output_words *w, bool format, const char *value,
		     struct error *err)
{
	if (!format && w->len && !w->row[w->len - 1].file) {
		w->row[w->len - 1].file = value;
		return 0;
	}
	if (w->len == OUTPUTS_MAX)
		return error_set(err, ERR_USAGE,
				 "a report goes to at most %d places",
				 OUTPUTS_MAX);
	w->row[w->len].format = format ? value : NULL;
	w->row[w->len].file = format ? NULL : value;
	w->len++;
	return 0;
}

static const struct renderer *default_form(const struct invocation *inv)
{
	const char *name = inv->settings.format;

	if (!name)
		name = isatty(STDOUT_FILENO) ? "text" : "markdown";
	return renderer_find(name);
}

/* `--format text -o page.html` would write what nobody can open. */
static int check_suffix(const struct output *o, struct error *err)
{
	const struct renderer *told =
		o->file ? renderer_of_file(o->file) : NULL;

	/* several forms are JSON to whoever reads them */
	if (!told || told == o->form || !strcmp(told->name, "json"))
		return 0;
	return error_set(err, ERR_USAGE,
			 "%s is to be %s, but its name says %s: each --format "
			 "stands before its own -o (or leave it out)",
			 o->file, o->form->name, told->name);
}

static int check_twice(const struct outputs *all, struct error *err)
{
	unsigned i, j;

	for (i = 0; i < all->len; i++)
		for (j = 0; j < i; j++) {
			const char *a = all->row[i].file, *b = all->row[j].file;

			if (!a && !b)
				return error_set(
					err, ERR_USAGE,
					"%s and %s cannot both go to stdout: "
					"-o FILE behind a --format sends it to "
					"a file",
					all->row[j].form->name,
					all->row[i].form->name);
			if (a && b && !strcmp(a, b))
				return error_set(err, ERR_USAGE,
						 "%s is given twice as an "
						 "output",
						 a);
		}
	return 0;
}

int output_check_file(const char *option, const char *file, struct error *err)
{
	const char *slash = strrchr(file, '/');
	struct arena a = { 0 };
	const char *folder =
		!slash ? "."
		: slash == file
			? "/"
			: arena_printf(&a, "%.*s", (int)(slash - file), file);
	struct stat st;
	int rc = 0;

	if (!stat(file, &st) && S_ISDIR(st.st_mode))
		rc = error_set(err, ERR_USAGE,
			       "%s %s is a folder: name a file in it", option,
			       file);
	else if (stat(folder, &st))
		rc = error_set(err, ERR_USAGE,
			       "%s %s: no folder %s (%s): `mkdir -p %s` makes "
			       "it",
			       option, file, folder, strerror(errno), folder);
	else if (access(folder, W_OK) && access(file, W_OK))
		rc = error_set(err, ERR_USAGE, "%s %s: cannot write in %s: %s",
			       option, file, folder, strerror(errno));
	arena_release(&a);
	return rc;
}

/* `-o report.pdf` would be Markdown under another name. */
static int check_form_told(const struct output *o, struct error *err)
{
	const char *base = o->file ? strrchr(o->file, '/') : NULL;
	const char *dot;

	if (o->form || !o->file)
		return 0;
	base = base ? base + 1 : o->file;
	dot = strrchr(base, '.');
	if (!dot || dot == base)
		return 0;
	return error_set(err, ERR_USAGE,
			 "-o %s: no form of the report has the suffix %s: put "
			 "--format NAME before it",
			 o->file, dot);
}

bool outputs_has(const struct outputs *o, const char *form)
{
	for (unsigned i = 0; i < o->len; i++)
		if (!strcmp(o->row[i].form->name, form))
			return true;
	return false;
}

int outputs_resolve(struct outputs *o, const struct invocation *inv,
		    struct error *err)
{
	const struct output_words *w = &inv->outputs;
	unsigned i;

	for (i = 0; i < w->len; i++) {
		struct output *one = &o->row[o->len++];

		one->file = w->row[i].file;
		if (one->file && !strcmp(one->file, "-"))
			one->file = NULL;
		if (w->row[i].format)
			one->form = renderer_find(w->row[i].format);
		else if (one->file)
			one->form = renderer_of_file(one->file);
		if (!inv->settings.format && check_form_told(one, err))
			return -1;
		if (!one->form)
			one->form = default_form(inv);
		if (check_suffix(one, err) ||
		    (one->file && output_check_file("-o", one->file, err)))
			return -1;
	}
	if (!o->len)
		o->row[o->len++].form = default_form(inv);
	if (outputs_has(o, "github"))
		o->summary = ci_summary_file();
	return check_twice(o, err);
}

/* What goes where a CI system looks for commands holds none of others. */
static void guard(struct output *o)
{
	struct buf safe = { 0 };

	if (o->file || !o->form->prose || !ci_reads_stdout())
		return;
	ci_log_text(&safe, buf_span(&o->text));
	buf_release(&o->text);
	o->text = safe;
}

void outputs_render(struct outputs *o, const struct report *r,
		    const struct render_style *screen,
		    const struct render_style *file)
{
	unsigned i;

	for (i = 0; i < o->len; i++) {
		buf_reset(&o->row[i].text);
		o->row[i].form->render(&o->row[i].text, r,
				       o->row[i].file ? file : screen);
		guard(&o->row[i]);
	}
	if (o->summary)
		render_summary(&o->summary_text, r, file,
			       ci_summary_room(o->summary));
}

/* What a new file of the user's may be. */
static unsigned file_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int outputs_write(struct outputs *o, const char *pager, const char *id,
		  struct error *err)
{
	struct error first = { 0 };
	unsigned i;

	for (i = 0; i < o->len; i++) {
		struct output *one = &o->row[i];
		struct error wrong = { 0 };

		if (one->file &&
		    fs_write_atomic(one->file, buf_span(&one->text),
				    file_mode(), &wrong) &&
		    !first.kind)
			first = wrong;
	}
	if (o->summary)
		ci_summary_append(o->summary, buf_span(&o->summary_text));
	for (i = 0; i < o->len; i++)
		if (!o->row[i].file &&
		    pager_write(pager, buf_span(&o->row[i].text), id, err))
			return -1;
	if (first.kind) {
		*err = first;
		return -1;
	}
	return 0;
}

struct span outputs_text(const struct outputs *o)
{
	unsigned i;

	for (i = 0; i < o->len; i++)
		if (!o->row[i].file)
			return buf_span(&o->row[i].text);
	return buf_span(&o->row[0].text);
}

void outputs_release(struct outputs *o)
{
	unsigned i;

	for (i = 0; i < o->len; i++)
		buf_release(&o->row[i].text);
	buf_release(&o->summary_text);
}
