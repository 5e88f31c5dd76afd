/*
 * outputs - where a report goes and in which forms: stdout, files, several at
 * once.
 *
 *	--format text --format sarif -o scan.sarif -o page.html
 *
 * Each --format is one more output; -o sends the one right before it to a file,
 * or stands for itself: then the file's suffix tells the form. `-o -` is
 * stdout. Files are written whole or not at all; one that cannot be written
 * leaves what was there, and the others are written all the same.
 */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

struct invocation;
struct render_style;
struct renderer;
struct report;

#define OUTPUTS_MAX 16

/* As the command line says it. */
struct output_words {
	struct {
		const char *format, *file; /* one of them may be NULL */
	} row[OUTPUTS_MAX];
	unsigned len;
};

struct output {
	const struct renderer *form;
	const char *file; /* NULL: stdout */
	struct buf text;
	bool lost; /* could neither be written nor kept */
};

/* Zero-initialise. */
struct outputs {
	struct output row[OUTPUTS_MAX];
	unsigned len;	     /* at least 1 once resolved */
	const char *summary; /* with the form github: ci_summary_file() */
	struct buf summary_text;
};

/* One more word of the command line. ERR_USAGE: too many. */
int output_words_add(struct output_words *w, bool format, const char *value,
		     struct error *err);
/*
 * What the words come to, with the settings' format where they tell none.
 * ERR_USAGE: two for stdout, a file that is also another's or a baseline,
 * or a suffix that belongs to another form than the one asked for.
 */
int outputs_resolve(struct outputs *o, const struct invocation *inv,
		    struct error *err);
/* Is the form of that name among them? */
bool outputs_has(const struct outputs *o, const char *form);
/* Before a model is paid: could the file that option names be written at its
 * end? ERR_USAGE: its folder is not there or may not be written, or it is one.
 */
int output_check_file(const char *option, const char *file, struct error *err);
/* Make the report in every form, for stdout and for files. */
void outputs_render(struct outputs *o, const struct report *r,
		    const struct render_style *screen,
		    const struct render_style *file);
/*
 * Write what was rendered into its files; a form that has nothing to say leaves
 * an empty one. ERR_IO tells the first that failed: what it was to hold is kept
 * by id, the prompt's (cli/keep).
 */
int outputs_save(struct outputs *o, const char *id, struct error *err);
/*
 * Then what is for stdout; if nothing is, the first that could neither be
 * written nor kept. pager is the command for what is longer than the screen, or
 * NULL. ERR_IO or ERR_INTERRUPTED: it is kept.
 */
int outputs_print(struct outputs *o, const char *pager, const char *id,
		  struct error *err);
void outputs_release(struct outputs *o);

#endif
