/* actions/runner, src/Runner.Common/ActionCommand.cs: TryParseV2, TryParse. */
#include "base/ci_log.h"

#include <ctype.h>

#include "base/buf.h"

/* What .NET's TrimStart takes for white space, sorted; ASCII aside. */
static bool wide_blank(int32_t cp)
{
	return cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static struct span skip_blanks(struct span s)
{
	while (s.len) {
		struct span rest = s;
		int32_t cp = text_utf8(&rest);

		if (cp < 0 || !(wide_blank(cp) || (cp < 0x80 && isspace(cp))))
			break;
		s = rest;
	}
	return s;
}

/* Bytes of the `##word` that begins s, when its bracket follows; 0: none. */
static size_t old_command(struct span s)
{
	size_t n = 2;

	if (!span_starts(s, "##"))
		return 0;
	while (n < s.len && n < 16 && isalpha((unsigned char)s.ptr[n]))
		n++;
	return n < s.len && s.ptr[n] == '[' ? n : 0;
}

static void add_guarded(struct buf *out, struct span s)
{
	ptrdiff_t at;

	while ((at = span_find(s, SPAN("##"))) >= 0) {
		size_t n;

		buf_addsp(out, span_first(s, (size_t)at));
		s = span_from(s, (size_t)at);
		n = old_command(s);
		buf_addsp(out, span_first(s, n ? n : 1));
		if (n)
			buf_addc(out, '\\');
		s = span_from(s, n ? n : 1);
	}
	buf_addsp(out, s);
}

void ci_log_text(struct buf *out, struct span text)
{
	const char *end = text.ptr + text.len;
	struct span line, words;

	while (text_line(&text, &line)) {
		words = skip_blanks(line);
		if (span_starts(words, "::")) {
			buf_add(out, line.ptr, line.len - words.len);
			buf_addc(out, '\\');
			line = words;
		}
		add_guarded(out, line);
		if (line.ptr + line.len < end)
			buf_addc(out, '\n');
	}
}

void ci_log_json(struct buf *out, struct span json)
{
	ptrdiff_t at;

	while ((at = span_find(json, SPAN("##["))) >= 0) {
		buf_addsp(out, span_first(json, (size_t)at));
		buf_adds(out, "##\\u005b");
		json = span_from(json, (size_t)at + 3);
	}
	buf_addsp(out, json);
}

void ci_log_words(struct buf *out, struct span words, bool property)
{
	for (; words.len; words = span_from(words, 1)) {
		char c = words.ptr[0];

		if (c == '%' || c == '\r' || c == '\n' ||
		    (property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", (unsigned char)c);
		else
			buf_addc(out, c);
	}
}
