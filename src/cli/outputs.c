#include "cli/outputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/ci_log.h"
#include "base/fs.h"
#include "base/log.h"
#include "cli/ci.h"
#include "cli/invocation.h"
#include "cli/keep.h"
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

/* A file that the command line names. */
struct named {
	const char *option, *file;
};

static int check_apart(const struct named *a, const struct named *b,
		       struct error *err)
{
	if (!fs_same(a->file, b->file))
		return 0;
	return error_set(
		err, ERR_USAGE,
		"%s %s and %s %s are one file: what is written needs a "
		"file of its own",
		a->option, a->file, b->option, b->file);
}

/* What is written goes over nothing else that is written, nor over the baseline
 * in use; but that may be the next one, too. */
static int check_files(const struct outputs *all, const struct settings *s,
		       struct error *err)
{
	struct named row[OUTPUTS_MAX + 2];
	size_t n = 0, outputs, i, j;

	for (i = 0; i < all->len; i++)
		if (all->row[i].file)
			row[n++] = (struct named){ "-o", all->row[i].file };
	outputs = n;
	if (s->baseline)
		row[n++] = (struct named){ "--baseline", s->baseline };
	if (s->write_baseline)
		row[n++] =
			(struct named){ "--write-baseline", s->write_baseline };
	for (i = 0; i < n; i++)
		for (j = 0; j < i && j < outputs; j++)
			if (check_apart(&row[j], &row[i], err))
				return -1;
	return 0;
}

static int check_stdout(const struct outputs *all, struct error *err)
{
	const struct output *first = NULL;
	unsigned i;

	for (i = 0; i < all->len; i++) {
		if (all->row[i].file)
			continue;
		if (first)
			return error_set(
				err, ERR_USAGE,
				"%s and %s cannot both go to stdout: "
				"-o FILE behind a --format sends it to "
				"a file",
				first->form->name, all->row[i].form->name);
		first = &all->row[i];
	}
	return 0;
}

int output_check_file(const char *option, const char *file, struct error *err)
{
	struct arena a = { 0 };
	const char *folder = fs_folder(&a, file);
	bool writable = fs_writable(file);
	int why = errno, rc = 0;
	struct stat st;

	if (!stat(file, &st) && S_ISDIR(st.st_mode))
		rc = error_set(err, ERR_USAGE,
			       "%s %s is a folder: name a file in it", option,
			       file);
	else if (!writable && stat(folder, &st))
		rc = error_set(err, ERR_USAGE,
			       "%s %s: no folder %s (%s): `mkdir -p %s` makes "
			       "it",
			       option, file, folder, strerror(errno), folder);
	else if (!writable)
		rc = error_set(err, ERR_USAGE,
			       "%s %s: it cannot be written there (%s): name "
			       "another place",
			       option, file, strerror(why));
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
		if (one->file && (!strcmp(one->file, "-") ||
				  fs_descriptor(one->file) == STDOUT_FILENO))
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
	return check_stdout(o, err) || check_files(o, &inv->settings, err) ? -1
									   : 0;
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

/* It could not be written, but it was paid for. */
static void keep(struct output *one, const char *id)
{
	struct arena a = { 0 };
	struct span names = span_of(one->form->suffix), suffix = { 0 };
	const char *path;

	if (!text_field(&names, '|', &suffix) || !suffix.len)
		suffix = SPAN("txt");
	path = keep_report(&a, buf_span(&one->text), id,
			   arena_cstr(&a, suffix));
	if (path)
		log_note("what %s was to hold is kept in %s",
			 one->file ? one->file : "stdout", path);
	one->lost = !path;
	arena_release(&a);
}

int outputs_save(struct outputs *o, const char *id, struct error *err)
{
	struct error wrong;
	int rc = 0;
	unsigned i;

	for (i = 0; i < o->len; i++) {
		struct output *one = &o->row[i];

		if (!one->file ||
		    !fs_write_atomic(one->file, buf_span(&one->text),
				     fs_new_mode(), &wrong))
			continue;
		keep(one, id);
		if (!rc)
			*err = wrong;
		rc = -1;
	}
	if (o->summary)
		ci_summary_append(o->summary, buf_span(&o->summary_text));
	return rc;
}

/* What goes to stdout: if nothing was to, the first that found no place. */
static struct output *printed(struct outputs *o)
{
	struct output *lost = NULL;
	unsigned i;

	for (i = o->len; i-- > 0;) {
		if (!o->row[i].file)
			return &o->row[i];
		if (o->row[i].lost)
			lost = &o->row[i];
	}
	return lost;
}

int outputs_print(struct outputs *o, const char *pager, const char *id,
		  struct error *err)
{
	struct output *one = printed(o);

	if (!one || !pager_write(pager, buf_span(&one->text), id, err))
		return 0;
	if (!one->lost)
		keep(one, id);
	return -1;
}

void outputs_release(struct outputs *o)
{
	unsigned i;

	for (i = 0; i < o->len; i++)
		buf_release(&o->row[i].text);
	buf_release(&o->summary_text);
}
