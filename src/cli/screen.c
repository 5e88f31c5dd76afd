#include "cli/screen.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/columns.h"

#define NARROWEST 40
#define WIDEST 100
#define USUAL 80

unsigned screen_columns(int fd)
{
	const char *columns = getenv("COLUMNS");
	long n = columns ? strtol(columns, NULL, 10) : 0;
	struct winsize ws;

	if (n > 0 && n < 1000)
		return (unsigned)n;
	return ioctl(fd, TIOCGWINSZ, &ws) ? 0 : ws.ws_col;
}

unsigned screen_width(void)
{
	unsigned n = screen_columns(STDOUT_FILENO);

	if (!n)
		return USUAL;
	return n < NARROWEST ? NARROWEST : n > WIDEST ? WIDEST : n;
}

void screen_wrap(struct buf *out, struct span text, size_t width, size_t at,
		 size_t indent)
{
	struct span word;
	bool first = true;

	while (text_field(&text, ' ', &word)) {
		size_t n = columns_of(word);

		if (!word.len)
			continue;
		if (!first && at + 1 + n > width) {
			buf_addf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (!first) {
			buf_addc(out, ' ');
			at++;
		}
		buf_addsp(out, word);
		at += n;
		first = false;
	}
}
