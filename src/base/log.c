#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/ci_log.h"
#include "base/mask.h"

static enum log_level level_now = LOG_NORMAL;
static pthread_mutex_t one_line = PTHREAD_MUTEX_INITIALIZER;
static void (*hook_before)(void *);
static void *hook_ctx;

void log_set_level(enum log_level level)
{
	level_now = level;
}

enum log_level log_get_level(void)
{
	return level_now;
}

void log_hook(void (*before)(void *), void *ctx)
{
	hook_before = before;
	hook_ctx = ctx;
}

static void write_all(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(STDERR_FILENO, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return; /* stderr is gone: nobody is left to tell */
		p += w;
		n -= (size_t)w;
	}
}

void log_at(enum log_level level, const char *fmt, ...)
{
	struct buf raw = { 0 }, masked = { 0 }, seen = { 0 }, line = { 0 };
	va_list ap;
	char *text = NULL;

	if (level > level_now)
		return;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	buf_adds(&raw, "architect: ");
	buf_adds(&raw, text ? text : fmt);
	mask_bytes(&masked, buf_span(&raw), NULL);
	text_visible_line(&seen, buf_span(&masked));
	ci_log_text(&line, buf_span(&seen));
	buf_addc(&line, '\n');
	pthread_mutex_lock(&one_line);
	if (hook_before)
		hook_before(hook_ctx);
	write_all(line.ptr, line.len);
	pthread_mutex_unlock(&one_line);
	free(text);
	buf_release(&raw);
	buf_release(&masked);
	buf_release(&seen);
	buf_release(&line);
}
