#include "llm/wait.h"

#include <stdio.h>

#include "base/clock.h"

void wait_enter(struct wait *w, enum wait_phase phase)
{
	w->phase = phase;
	w->since = clock_mono_ms();
	if (!w->started)
		w->started = w->since;
}

int64_t wait_due(const struct wait *w, const struct http_limits *lim,
		 enum http_end *end)
{
	const struct {
		int64_t patience;
		enum http_end end;
	} phases[] = {
		[WAIT_CONNECT] = { lim->connect_ms, HTTP_CONNECT_TIMEOUT },
		[WAIT_ANSWER] = { lim->first_byte_ms, HTTP_FIRST_BYTE_TIMEOUT },
		[WAIT_MORE] = { lim->idle_ms, HTTP_IDLE_TIMEOUT },
	};
	int64_t at = INT64_MAX, patience = phases[w->phase].patience;

	if (patience > 0 && patience < INT64_MAX - w->since) {
		at = w->since + patience;
		*end = phases[w->phase].end;
	}
	if (w->deadline && w->deadline <= at) {
		at = w->deadline;
		*end = HTTP_TOTAL_TIMEOUT;
	}
	return at;
}

void wait_words(const struct wait *w, enum http_end end, char *out, size_t size)
{
	static const char *const words[] = {
		[HTTP_CONNECT_TIMEOUT] = "no connection after",
		[HTTP_FIRST_BYTE_TIMEOUT] = "no answer after",
		[HTTP_IDLE_TIMEOUT] = "nothing more came for",
		[HTTP_TOTAL_TIMEOUT] = "not done after",
	};
	int64_t from = end == HTTP_TOTAL_TIMEOUT ? w->started : w->since;

	snprintf(out, size, "%s %.1f s", words[end],
		 (double)(clock_mono_ms() - from) / 1000);
}
