#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "test.h"

#if defined(__SANITIZE_ADDRESS__)
#define TEXTS 100000
#else
#define TEXTS 1000000
#endif

/* What terminals and readers are attacked with, and what is around it. */
static const char *const pieces[] = {
	"a",
	"Z ",
	"\x1b",
	"[2J",
	"]52;c;",
	"]8;;http://e.x",
	"\x07",
	"\x1b\\",
	"\x9b",
	"\xc2\x9b",
	"\xc2\x85",
	"\x7f",
	"\r",
	"\n",
	"\t",
	"\b",
	"\f",
	"\xe2\x80\xae",
	"\xe2\x81\xa6",
	"\xe2\x80\x8b",
	"\xe2\x80\x8d",
	"\xef\xb8\x8f",
	"\xef\xbb\xbf",
	"\xf3\xa0\x81\x81",
	"\xf0\x9f\x91\xa9",
	"\xf0\x9f\x92\xbb",
	"\xe2\x9d\xa4",
	"\xe2\x83\xa3",
	"1",
	"\xc2",
	"\xe2\x80",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xc0\x9b",
	"\xd7\x90",
	"\xd8\x9c",
};
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* Numerical Recipes' generator: the same texts in every run. */
static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void make(struct buf *b, uint32_t *seed)
{
	uint32_t n = 1 + next(seed) % 8;

	buf_reset(b);
	while (n--) {
		if (next(seed) % 8)
			buf_adds(b, pieces[next(seed) % PIECES]);
		else
			buf_addc(b, (char)next(seed));
	}
}

/* By what is dangerous, not by the table of what is escaped. */
static bool acts(uint32_t cp, bool one_line)
{
	return (cp < 0x20 && (one_line || (cp != '\n' && cp != '\t'))) ||
	       (cp >= 0x7F && cp <= 0x9F) || cp == 0x61C || cp == 0x200E ||
	       cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200B || cp == 0xFEFF ||
	       (cp >= 0xE0000 && cp <= 0xE007F);
}

static void check(const struct buf *in, const struct buf *out, bool one_line)
{
	struct span s = buf_span(out);

	while (s.len) {
		int32_t cp = text_utf8(&s);

		/* an assertion each would take a minute */
		if (cp < 0 || acts((uint32_t)cp, one_line))
			ck_abort_msg("%x of %s", (unsigned)cp, in->ptr);
	}
}

START_TEST(of_a_million_texts_none_acts_on_a_terminal)
{
	struct buf in = { 0 }, out = { 0 };
	uint32_t seed = 20260105;

	for (int i = 0; i < TEXTS; i++) {
		struct span at;

		make(&in, &seed);
		buf_reset(&out);
		text_visible(&out, buf_span(&in));
		check(&in, &out, false);
		buf_reset(&out);
		text_visible_line(&out, buf_span(&in));
		check(&in, &out, true);
		/* cut in two, it is no other text */
		at = span_first(buf_span(&in), next(&seed) % (in.len + 1));
		buf_reset(&out);
		text_visible(&out, at);
		text_visible(&out, span_from(buf_span(&in), at.len));
		check(&in, &out, false);
	}
	buf_release(&in);
	buf_release(&out);
}
END_TEST

/* The first hidden character: its place, number and kind. */
static const struct {
	const char *in;
	size_t at;
	uint32_t cp;
	const char *kind;
} hidden[] = {
	{ "a\xe2\x80\xae"
	  "b",
	  1, 0x202E, "bidirectional control" },
	{ "\xe2\x81\xa6", 0, 0x2066, "bidirectional control" },
	{ "ab\xe2\x80\x8b", 2, 0x200B, "zero-width character" },
	{ "\xf3\xa0\x81\x81", 0, 0xE0041, "tag character" },
	{ "x\xef\xb8\x8f", 1, 0xFE0F, "variation selector" },
	{ "\xe3\x85\xa4", 0, 0x3164, "filler" },
	{ "a\x1b", 1, 0x1B, "control character" },
	{ "\xff\xc2\xad", 1, 0xAD, "soft hyphen" },
	{ "a\n\tb\xff caf\xc3\xa9", 0, 0, NULL },
	{ "\xe2\x9d\xa4\xef\xb8\x8f", 0, 0, NULL },
	{ "", 0, 0, NULL },
};

START_TEST(the_first_hidden_character_is_named)
{
	uint32_t cp = 0;
	size_t at = 0;
	const char *kind = text_hidden(span_of(hidden[_i].in), &at, &cp);

	ck_assert_pstr_eq(kind, hidden[_i].kind);
	if (!kind)
		return;
	ck_assert_uint_eq(at, hidden[_i].at);
	ck_assert_uint_eq(cp, hidden[_i].cp);
}
END_TEST

Suite *visible_suite(void)
{
	Suite *s = suite_create("visible");
	TCase *tc = tcase_create("visible");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, of_a_million_texts_none_acts_on_a_terminal);
	add_rows(tc, the_first_hidden_character_is_named, hidden);
	suite_add_tcase(s, tc);
	return s;
}
