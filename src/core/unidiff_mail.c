/* What the authors say, from the mails or the log around the patches. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/unidiff_parts.h"

#define ID_DIGITS 40
#define LOG_INDENT "    "
#define SUBJECT "Subject: "

static bool id_follows(struct span line, const char *word)
{
	struct span rest = span_from(line, strlen(word));
	size_t n = 0;

	if (!span_starts(line, word))
		return false;
	while (n < rest.len && rest.ptr[n] && /* strchr finds NUL too */
	       strchr("0123456789abcdef", rest.ptr[n]))
		n++;
	return n == ID_DIGITS && (rest.len == n || rest.ptr[n] == ' ');
}

static void add_line(struct mail *m, struct span line)
{
	buf_addsp(&m->text, line);
	buf_addc(&m->text, '\n');
}

/* "[PATCH v2 1/3] the words" */
static struct span words_of(struct span subject)
{
	ptrdiff_t end = span_chr(subject, ']');

	subject = span_trim(subject);
	if (span_starts(subject, "[") && end > 0)
		subject = span_trim(span_from(subject, (size_t)end + 1));
	return subject;
}

static void feed_head(struct mail *m, struct span line)
{
	static const char encoding[] = "Content-Transfer-Encoding: ";
	struct span value = span_trim(span_from(line, strlen(encoding)));

	if (!line.len) {
		m->in = MAIL_BODY;
		if (m->text.len)
			buf_adds(&m->text, "\n");
	} else if (m->subject && (*line.ptr == ' ' || *line.ptr == '\t')) {
		m->text.len--; /* its LF: the line goes on */
		buf_addc(&m->text, ' ');
		add_line(m, span_trim(line));
	} else {
		m->subject = span_starts(line, SUBJECT);
		if (m->subject)
			add_line(m, words_of(span_from(line, strlen(SUBJECT))));
	}
	if (!span_starts(line, encoding))
		return;
	if (span_eqs_nocase(value, "base64"))
		m->encoding = "base64";
	else if (span_eqs_nocase(value, "quoted-printable"))
		m->encoding = "quoted-printable";
}

void mail_feed(struct mail *m, struct span line)
{
	bool mail = id_follows(line, "From ");

	if (span_ends(line, "\r"))
		line.len--;
	if (mail || id_follows(line, "commit ")) {
		buf_reset(&m->text);
		m->subject = false;
		m->in = mail ? MAIL_HEAD : MAIL_LOG;
	} else if (m->in == MAIL_HEAD ||
		   (m->in == MAIL_NONE && span_starts(line, SUBJECT))) {
		m->in = MAIL_HEAD;
		feed_head(m, line);
	} else if (m->in == MAIL_BODY) {
		if (span_eqs(line, "---"))
			m->in = MAIL_NONE; /* a diffstat follows */
		else
			add_line(m, line);
	} else if (m->in == MAIL_LOG) {
		if (span_starts(line, LOG_INDENT))
			add_line(m, span_from(line, strlen(LOG_INDENT)));
		else if (!line.len && m->text.len)
			add_line(m, line);
	}
}

struct span mail_take(struct mail *m, struct arena *a)
{
	struct span said = arena_span(a, span_trim(buf_span(&m->text)));

	buf_reset(&m->text);
	m->in = MAIL_NONE;
	return said;
}
