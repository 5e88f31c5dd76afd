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
} hidden[] = {
	{ 0x0000, 0x0008 },   { 0x000B, 0x001F },   { 0x007F, 0x009F },
	{ 0x00AD, 0x00AD },   { 0x034F, 0x034F },   { 0x0600, 0x0605 },
	{ 0x061C, 0x061C },   { 0x06DD, 0x06DD },   { 0x070F, 0x070F },
	{ 0x0890, 0x0891 },   { 0x08E2, 0x08E2 },   { 0x115F, 0x1160 },
	{ 0x17B4, 0x17B5 },   { 0x180B, 0x180F },   { 0x200B, 0x200F },
	{ 0x2028, 0x202E },   { 0x2060, 0x206F },   { 0x2800, 0x2800 },
	{ 0x3164, 0x3164 },   { 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF },
	{ 0xFFA0, 0xFFA0 },   { 0xFFF0, 0xFFFB },   { 0x110BD, 0x110BD },
	{ 0x110CD, 0x110CD }, { 0x13430, 0x1343F }, { 0x1BCA0, 0x1BCA3 },
	{ 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
};

bool text_invisible(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(hidden) / sizeof(hidden[0]);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (cp > hidden[mid].last)
			lo = mid + 1;
		else if (cp < hidden[mid].first)
			hi = mid;
		else
			return true;
	}
	return false;
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
