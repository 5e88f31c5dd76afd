/*
 * The terminal is the pager's until it ends: whoever ends before it leaves a
 * terminal that two programs read.
 */
#include "cli/pager.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/child.h"
#include "cli/keep.h"
#include "cli/output.h"
#include "cli/signals.h"
#include "cli/words.h"
#include "core/settings.h"

/* What only a shell understands, as git has it; quotes and blanks do not
 * count, as words_split() knows them. */
#define SHELL_CHARACTERS "|&;<>()$`\\*?[#~=%\n"
#define USUAL_ROWS 24

/* Nobody named a pager: less, where a terminal can do what it wants. */
static const char *usual(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0 ? "less" : "cat";
}

const char *pager_command(const struct settings *s)
{
	const char *command = getenv("GIT_PAGER");

	if (s->no_pager || !isatty(STDOUT_FILENO))
		return NULL;
	if (!command)
		command = s->pager;
	if (!command)
		command = getenv("PAGER");
	if (!command)
		command = usual();
	return *command && strcmp(command, "cat") != 0 ? command : NULL;
}

bool pager_less(const char *command)
{
	struct span rest = span_of(command), word, part = { 0 };

	if (!text_field(&rest, ' ', &word))
		return false;
	while (text_field(&word, '/', &part))
		;
	return span_eqs(part, "less");
}

bool pager_needed(struct span text)
{
	struct winsize ws;
	size_t rows = USUAL_ROWS;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) && ws.ws_row)
		rows = ws.ws_row;
	/* one for the prompt behind it */
	return text_count_lines(text) >= rows;
}

static const struct child_env environment[] = {
	{ "LESS", "FRX" },
	{ "LV", "-c" },
	{ "LESSCHARSET", "utf-8" },
	{ NULL, NULL },
};

static void feed(struct child *c, struct span *text)
{
	ssize_t n = write(c->fd, text->ptr, text->len);

	if (n > 0)
		*text = span_from(*text, (size_t)n);
	if (!text->len || (n < 0 && errno != EAGAIN && errno != EINTR))
		child_hang_up(c);
}

/* Feed it, and wait for its end; a signal for this program is for it too. */
static enum pager_end wait_for(struct child *c, struct span text, int wake)
{
	size_t all = text.len;
	unsigned came = 0;

	while (!(came & CHILD_ENDED)) {
		came = child_wait(c, wake, INT_MAX);
		if (came & CHILD_READY)
			feed(c, &text);
		if (came & CHILD_WOKEN) {
			kill(c->pid, signals_caught());
			child_hang_up(c);
			wake = -1;
		}
	}
	if (!c->status)
		return PAGER_SHOWN;
	return child_unread(c) == all - text.len ? PAGER_UNSEEN : PAGER_FAILED;
}

static enum pager_end run(struct child_plan *plan, struct span text,
			  struct error *err)
{
	enum pager_end end = PAGER_UNSEEN;
	struct child c;
	int wake;

	if (signals_open(&wake, err))
		return PAGER_UNSEEN;
	if (!child_start(&c, plan, &(struct error){ 0 })) {
		end = wait_for(&c, text, wake);
		child_close(&c);
	}
	if (signals_caught())
		error_set(err, ERR_INTERRUPTED, "interrupted");
	signals_close();
	return end;
}

int pager_show(const char *command, struct span text, struct error *err)
{
	struct arena a = { 0 };
	char *argv[WORDS_MAX + 2];
	char *shell[] = { "/bin/sh", "-c", arena_strdup(&a, command), NULL };
	bool plain = !strpbrk(command, SHELL_CHARACTERS);
	struct sigaction ignore = { .sa_handler = SIG_IGN }, on_int, on_quit;
	size_t n = words_split(arena_strdup(&a, command), argv);
	struct child_plan plan = { .argv = plain && n <= WORDS_MAX ? argv
								   : shell,
				   .fed = true,
				   .keyboard = true,
				   .env = environment };
	enum pager_end end = PAGER_UNSEEN;

	sigaction(SIGINT, &ignore, &on_int);
	sigaction(SIGQUIT, &ignore, &on_quit);
	if (n)
		end = run(&plan, text, err);
	sigaction(SIGINT, &on_int, NULL);
	sigaction(SIGQUIT, &on_quit, NULL);
	arena_release(&a);
	return err->kind ? -1 : (int)end;
}

int pager_write(const char *command, struct span text, const char *id,
		struct error *err)
{
	struct arena a = { 0 };
	int end = PAGER_UNSEEN;
	const char *kept = NULL;

	if (command && pager_needed(text))
		end = pager_show(command, text, err);
	if (end == PAGER_FAILED && id) {
		kept = keep_report(&a, text, id, "txt");
		if (kept)
			log_note("the pager ('%s') failed: what it was to "
				 "show is kept in %s",
				 command, kept);
	}
	arena_release(&a);
	if (end == PAGER_UNSEEN || (end == PAGER_FAILED && id && !kept))
		return output_write(text, err);
	return end < 0 ? -1 : 0;
}
