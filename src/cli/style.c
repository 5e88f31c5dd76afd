#include "cli/style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/highlight.h"
#include "cli/pager.h"
#include "cli/screen.h"
#include "core/settings.h"

#define USUAL 80

/* Set, and not to nothing. */
static const char *env(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

static bool on_terminal(void)
{
	const char *term = env("TERM");

	return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static bool wants_color(const char *when, bool screen)
{
	const char *force = env("CLICOLOR_FORCE"), *some = env("CLICOLOR");

	if (strcmp(when, "auto") != 0)
		return !strcmp(when, "always");
	if (!screen || env("NO_COLOR"))
		return false;
	if (force && strcmp(force, "0") != 0)
		return true;
	return on_terminal() && !(some && !strcmp(some, "0"));
}

/* Terminals that open `file:///a.rs#5` at line 5, by how they tell their name;
 * what stands between (tmux, ssh) changes TERM or shows in the environment. */
static bool opens_places(void)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{ "TERM", "xterm-kitty" },	 { "TERM", "xterm-ghostty" },
		{ "TERM_PROGRAM", "iTerm.app" }, { "TERM_PROGRAM", "WezTerm" },
		{ "TERM_PROGRAM", "ghostty" },	 { "TERM_PROGRAM", "vscode" },
	};
	size_t i;

	if (env("SSH_CONNECTION") || env("TMUX") || env("STY"))
		return false;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *v = env(rows[i].name);

		if (v && !strcmp(v, rows[i].value))
			return true;
	}
	return false;
}

void style_init(struct render_style *out, const struct settings *s, bool screen,
		const char *root)
{
	const char *pager = pager_command(s);

	*out = (struct render_style){
		.width = screen ? screen_columns(STDOUT_FILENO) : 0,
		.color = wants_color(s->color, screen),
		.root = root,
		.highlight = highlight_rust,
	};
	if (!out->width)
		out->width = USUAL;
	if (!strcmp(s->hyperlinks, "auto"))
		out->links = screen && out->color && on_terminal() &&
			     opens_places() && (!pager || pager_less(pager));
	else
		out->links = !strcmp(s->hyperlinks, "always");
}
