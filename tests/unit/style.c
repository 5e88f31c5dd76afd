/* Changes its environment and stdout. */
#include "cli/style.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/settings.h"
#include "terminal.h"

static void set_environment(const char *const *set)
{
	static const char *const names[] = {
		"TERM",	   "NO_COLOR",	     "CLICOLOR", "CLICOLOR_FORCE",
		"COLUMNS", "TERM_PROGRAM",   "TMUX",	 "STY",
		"PAGER",   "SSH_CONNECTION", "GIT_PAGER"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
	setenv("TERM", "xterm", 1);
	for (; *set; set += 2)
		setenv(set[0], set[1], 1);
}

static const struct {
	bool terminal, screen;
	const char *color, *links;
	const char *environment[7];
	bool colored, linked;
} rows[] = {
	{ true, true, "auto", "auto", { NULL }, true, false },
	{ false, true, "auto", "auto", { NULL }, false, false },
	{ true, false, "auto", "auto", { NULL }, false, false },
	{ true, true, "never", "auto", { NULL }, false, false },
	{ false, true, "always", "auto", { NULL }, true, false },
	{ false, false, "always", "auto", { NULL }, true, false },
	{ true, true, "auto", "auto", { "TERM", "dumb" }, false, false },
	{ true, true, "auto", "auto", { "TERM", "" }, false, false },
	{ true, true, "auto", "auto", { "NO_COLOR", "1" }, false, false },
	{ true, true, "auto", "auto", { "NO_COLOR", "" }, true, false },
	{ true, true, "always", "auto", { "NO_COLOR", "1" }, true, false },
	{ true, true, "auto", "auto", { "CLICOLOR", "0" }, false, false },
	{ true, true, "auto", "auto", { "CLICOLOR", "1" }, true, false },
	{ false, true, "auto", "auto", { "CLICOLOR", "1" }, false, false },
	{ false, true, "auto", "auto", { "CLICOLOR_FORCE", "1" }, true, false },
	{ false,
	  true,
	  "auto",
	  "auto",
	  { "CLICOLOR_FORCE", "0" },
	  false,
	  false },
	{ false,
	  false,
	  "auto",
	  "auto",
	  { "CLICOLOR_FORCE", "1" },
	  false,
	  false },
	{ false,
	  true,
	  "auto",
	  "auto",
	  { "CLICOLOR_FORCE", "1", "NO_COLOR", "1" },
	  false,
	  false },
	/* links */
	{ true, true, "auto", "always", { NULL }, true, true },
	{ false, false, "auto", "always", { NULL }, false, true },
	{ true, true, "auto", "auto", { "TERM", "xterm-kitty" }, true, true },
	{ true, true, "auto", "never", { "TERM", "xterm-kitty" }, true, false },
	{ true,
	  true,
	  "never",
	  "auto",
	  { "TERM", "xterm-kitty" },
	  false,
	  false },
	{ false,
	  true,
	  "always",
	  "auto",
	  { "TERM", "xterm-kitty" },
	  true,
	  false },
	{ true,
	  true,
	  "auto",
	  "auto",
	  { "TERM_PROGRAM", "WezTerm" },
	  true,
	  true },
	{ true,
	  true,
	  "auto",
	  "auto",
	  { "TERM_PROGRAM", "WezTerm", "SSH_CONNECTION", "a" },
	  true,
	  false },
	{ true,
	  true,
	  "auto",
	  "auto",
	  { "TERM_PROGRAM", "WezTerm", "TMUX", "a" },
	  true,
	  false },
	{ true,
	  true,
	  "auto",
	  "auto",
	  { "TERM_PROGRAM", "Apple_Terminal" },
	  true,
	  false },
};

START_TEST(colours_and_links_go_where_they_may)
{
	const struct settings s = { .color = rows[_i].color,
				    .hyperlinks = rows[_i].links };
	struct render_style style;

	set_environment(rows[_i].environment);
	if (rows[_i].terminal)
		terminal_open(STDOUT_FILENO, 24, 80);
	else
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
	style_init(&style, &s, rows[_i].screen, "/r");
	ck_assert_int_eq(style.color, rows[_i].colored);
	ck_assert_int_eq(style.links, rows[_i].linked);
	ck_assert_str_eq(style.root, "/r");
	ck_assert(style.highlight != NULL);
}
END_TEST

static const struct {
	unsigned short columns; /* 0: no terminal */
	bool screen;
	const char *environment[3];
	unsigned width;
} widths[] = {
	{ 0, true, { NULL }, 80 },
	{ 120, true, { NULL }, 120 },
	{ 120, false, { NULL }, 80 },
	{ 120, true, { "COLUMNS", "33" }, 33 },
	{ 0, true, { "COLUMNS", "33" }, 33 },
	{ 0, true, { "COLUMNS", "-1" }, 80 },
	{ 0, true, { "COLUMNS", "wide" }, 80 },
};

START_TEST(lines_are_as_wide_as_the_terminal)
{
	const struct settings s = { .color = "auto", .hyperlinks = "auto" };
	struct render_style style;

	set_environment(widths[_i].environment);
	if (widths[_i].columns)
		terminal_open(STDOUT_FILENO, 24, widths[_i].columns);
	else
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
	style_init(&style, &s, widths[_i].screen, NULL);
	ck_assert_uint_eq(style.width, widths[_i].width);
}
END_TEST

Suite *style_suite(void)
{
	Suite *s = suite_create("style");
	TCase *tc = tcase_create("style");

	suite_add_tcase(s, tc);
	if (!terminal_there())
		return s;
	add_rows(tc, colours_and_links_go_where_they_may, rows);
	add_rows(tc, lines_are_as_wide_as_the_terminal, widths);
	return s;
}
