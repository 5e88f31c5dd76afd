/*
 * What a terminal or a reader must not be fooled by. Part of base/text, in a
 * file of its own for its table.
 */
#include "base/text.h"

#include "base/buf.h"

/*
 * General category Cf, Cc, Zl, Zp and the fillers that render as nothing
 * (Unicode 15.0: UnicodeData.txt, DerivedCoreProperties.txt
 * Default_Ignorable_Code_Point; Trojan Source, CVE-2021-42574), sorted.
 */
static const struct {
	uint32_t first, last;
	const char *name;
} hidden[] = {
	{ 0x0000, 0x0008, "control character" },
	{ 0x000B, 0x001F, "control character" },
	{ 0x007F, 0x009F, "control character" },
	{ 0x00AD, 0x00AD, "soft hyphen" },
	{ 0x034F, 0x034F, "joiner" },
	{ 0x0600, 0x0605, "format character" },
	{ 0x061C, 0x061C, "bidirectional control" },
	{ 0x06DD, 0x06DD, "format character" },
	{ 0x070F, 0x070F, "format character" },
	{ 0x0890, 0x0891, "format character" },
	{ 0x08E2, 0x08E2, "format character" },
	{ 0x115F, 0x1160, "filler" },
	{ 0x17B4, 0x17B5, "format character" },
	{ 0x180B, 0x180D, "variation selector" },
	{ 0x180E, 0x180E, "format character" },
	{ 0x180F, 0x180F, "variation selector" },
	{ 0x200B, 0x200D, "zero-width character" },
	{ 0x200E, 0x200F, "bidirectional control" },
	{ 0x2028, 0x2029, "line separator" },
	{ 0x202A, 0x202E, "bidirectional control" },
	{ 0x2060, 0x2065, "zero-width character" },
	{ 0x2066, 0x2069, "bidirectional control" },
	{ 0x206A, 0x206F, "format character" },
	{ 0x2800, 0x2800, "blank character" },
	{ 0x3164, 0x3164, "filler" },
	{ 0xFE00, 0xFE0F, "variation selector" },
	{ 0xFEFF, 0xFEFF, "zero-width character" },
	{ 0xFFA0, 0xFFA0, "filler" },
	{ 0xFFF0, 0xFFFB, "format character" },
	{ 0x110BD, 0x110BD, "format character" },
	{ 0x110CD, 0x110CD, "format character" },
	{ 0x13430, 0x1343F, "format character" },
	{ 0x1BCA0, 0x1BCA3, "format character" },
	{ 0x1D173, 0x1D17A, "format character" },
	{ 0xE0000, 0xE007F, "tag character" },
	{ 0xE0080, 0xE00FF, "format character" },
	{ 0xE0100, 0xE01EF, "variation selector" },
	{ 0xE01F0, 0xE0FFF, "format character" },
};

/* What kind of hidden character it is; NULL: none. */
static const char *hidden_name(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(hidden) / sizeof(hidden[0]);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (cp > hidden[mid].last)
			lo = mid + 1;
		else if (cp < hidden[mid].first)
			hi = mid;
		else
			return hidden[mid].name;
	}
	return NULL;
}

bool text_invisible(uint32_t cp)
{
	return hidden_name(cp) != NULL;
}

/* Bases that ZWJ and VS16 legitimately follow (emoji-data.txt, coarsely). */
static bool emoji(uint32_t cp)
{
	return (cp >= 0x1F000 && cp <= 0x1FAFF) ||
	       (cp >= 0x2190 && cp <= 0x2BFF && cp != 0x2800) || cp == 0x00A9 ||
	       cp == 0x00AE || cp == 0x203C || cp == 0x2049 || cp == 0x2122 ||
	       cp == 0x2139 || cp == 0x3030 || cp == 0x303D || cp == 0x3297 ||
	       cp == 0x3299;
}

/* A joiner passes between two emoji, a variation selector behind one (or
 * before the keycap of a digit). */
static bool part_of_emoji(uint32_t cp, uint32_t before, struct span after)
{
	int32_t next = after.len ? text_utf8(&after) : -1;

	if (cp == 0xFE0E || cp == 0xFE0F)
		return emoji(before) || next == 0x20E3;
	if (cp == 0x200D)
		return (emoji(before) || before == 0xFE0F) && next > 0 &&
		       emoji((uint32_t)next);
	return false;
}

/* Bytes that need no look: printable ASCII, and newline and tab if passed. */
static size_t plain_run(struct span s, bool one_line)
{
	size_t n = 0;

	for (; n < s.len; n++) {
		unsigned char c = (unsigned char)s.ptr[n];

		if (c >= 0x20 && c < 0x7F)
			continue;
		if (one_line || (c != '\n' && c != '\t'))
			break;
	}
	return n;
}

static size_t visible(struct buf *out, struct span s, bool one_line)
{
	size_t escaped = 0;
	uint32_t before = 0;

	while (s.len) {
		size_t run = plain_run(s, one_line);
		struct span at;
		int32_t cp;

		buf_add(out, s.ptr, run);
		if (run)
			before = (unsigned char)s.ptr[run - 1];
		s = span_from(s, run);
		if (!s.len)
			break;
		at = s;
		cp = text_utf8(&s);
		if (cp < 0) {
			buf_addf(out, "\\x%02x", (unsigned char)at.ptr[0]);
			escaped++;
			before = 0;
			continue;
		}
		if (cp == '\n' || cp == '\t') {
			buf_adds(out, cp == '\n' ? "\\n" : "\\t");
		} else if (text_invisible((uint32_t)cp) &&
			   !part_of_emoji((uint32_t)cp, before, s)) {
			buf_addf(out, "\\u{%x}", (unsigned)cp);
			escaped++;
		} else {
			buf_add(out, at.ptr, at.len - s.len);
		}
		before = (uint32_t)cp;
	}
	return escaped;
}

size_t text_visible(struct buf *out, struct span s)
{
	return visible(out, s, false);
}

size_t text_visible_line(struct buf *out, struct span s)
{
	return visible(out, s, true);
}

bool text_plain(struct span s)
{
	struct buf b = { 0 };
	size_t escaped = text_visible(&b, s);

	buf_release(&b);
	return !escaped;
}

const char *text_hidden(struct span s, size_t *at, uint32_t *cp)
{
	const char *begin = s.ptr;
	uint32_t before = 0;

	while (s.len) {
		size_t run = plain_run(s, false);
		const char *name;
		int32_t next;

		if (run)
			before = (unsigned char)s.ptr[run - 1];
		s = span_from(s, run);
		if (!s.len)
			break;
		*at = (size_t)(s.ptr - begin);
		next = text_utf8(&s);
		*cp = next < 0 ? 0 : (uint32_t)next;
		name = next < 0 ? NULL : hidden_name(*cp);
		if (name && !part_of_emoji(*cp, before, s))
			return name;
		before = *cp;
	}
	return NULL;
}
