#include "render/code.h"

#include "render/paint.h"

#define TAB 4

/* Few colours: most of it stays as the reader's own text. */
static const unsigned char inks[] = {
	[CODE_PLAIN] = INK_PLAIN,   [CODE_KEYWORD] = INK_MAGENTA,
	[CODE_TYPE] = INK_PLAIN,    [CODE_FUNCTION] = INK_PLAIN,
	[CODE_MACRO] = INK_CYAN,    [CODE_STRING] = INK_GREEN,
	[CODE_NUMBER] = INK_CYAN,   [CODE_COMMENT] = INK_DIM,
	[CODE_LIFETIME] = INK_CYAN, [CODE_ATTRIBUTE] = INK_DIM,
};

static void add_stretch(void *ctx, enum code_kind kind, struct span text)
{
	flow_add(ctx, inks[kind], text);
}

/* By how a line begins; the first that fits. */
static const struct {
	const char *start;
	unsigned ink;
} diff_lines[] = {
	{ "+++ ", INK_BOLD },  { "--- ", INK_BOLD }, { "diff ", INK_BOLD },
	{ "index ", INK_DIM }, { "@@", INK_CYAN },   { "+", INK_GREEN },
	{ "-", INK_RED },
};

static void add_diff(struct flow *f, struct span text)
{
	struct span line;
	bool more = text_line(&text, &line);
	size_t i;

	while (more) {
		unsigned ink = INK_PLAIN;

		for (i = 0; i < sizeof(diff_lines) / sizeof(diff_lines[0]); i++)
			if (span_starts(line, diff_lines[i].start)) {
				ink = diff_lines[i].ink;
				break;
			}
		flow_add(f, ink, line);
		more = text_line(&text, &line);
		if (more)
			flow_adds(f, INK_PLAIN, "\n");
	}
}

/* Tabs as blanks, by characters: code that has both is rare. */
static void expand(struct buf *out, struct span text)
{
	size_t column = 0, i;

	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\t') {
			do
				buf_addc(out, ' ');
			while (++column % TAB);
			continue;
		}
		buf_addc(out, c);
		if (c == '\n')
			column = 0;
		else
			column += ((unsigned char)c & 0xC0) != 0x80;
	}
}

static bool named(struct span lang, const char *const *names)
{
	struct span word = { 0 };

	text_field(&lang, ',', &word);
	for (; *names; names++)
		if (span_eqs_nocase(word, *names))
			return true;
	return false;
}

void code_add(struct flow *f, struct span lang, struct span text,
	      highlight_fn highlight)
{
	static const char *const rust[] = { "rust", "rs", NULL };
	static const char *const diff[] = { "diff", "patch", NULL };
	struct buf b = { 0 };
	struct span s;

	expand(&b, text);
	s = buf_span(&b);
	if (span_ends(s, "\n"))
		s.len--;
	if (named(lang, rust) && highlight)
		highlight(s, add_stretch, f);
	else if (named(lang, diff))
		add_diff(f, s);
	else
		flow_add(f, INK_PLAIN, s);
	buf_release(&b);
}
