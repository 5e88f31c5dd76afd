#include "agent/fold.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"

/* A CR as text_visible() shows it. */
#define CR_SHOWN "\\u{d}"

bool fold_word(char c)
{
	unsigned char u = (unsigned char)c;

	return isalnum(u) || u == '_' || u >= 0x80;
}

static bool closes(char c)
{
	return c == ')' || c == ']' || c == '}' || c == '>';
}

/* "// ", "/// ", "//! " before what is comment. */
static size_t slashes(struct span line)
{
	size_t n = 2;

	if (!span_starts(line, "//"))
		return 0;
	if (n < line.len && (line.ptr[n] == '/' || line.ptr[n] == '!'))
		n++;
	return n == line.len || isspace((unsigned char)line.ptr[n]) ? n : 0;
}

/* A line without the white space at its ends. */
static struct span core(struct span line)
{
	line = span_trim(line);
	if (span_ends(line, CR_SHOWN))
		line.len -= strlen(CR_SHOWN);
	return span_trim(line);
}

/* The byte before the end of what was folded; 0 at its start. */
static char last_byte(const struct buf *b)
{
	return b->len ? b->ptr[b->len - 1] : 0;
}

/* Take a comma back that only ended its line; lines that stand behind it
 * without a byte of their own stand where it stood. */
static void drop_comma(struct buf *out, struct fold *f)
{
	out->ptr[--out->len] = '\0';
	if (!f)
		return;
	*vec_push(&f->commas, f->arena) = out->len;
	for (size_t i = f->lines.len; i > 0 && f->lines.ptr[i - 1] > out->len;
	     i--)
		f->lines.ptr[i - 1] = out->len;
}

/* f: the fold that out is the text of, or NULL. */
static void add_code(struct buf *out, struct span s, struct fold *f)
{
	bool apart = true; /* lines stand apart as words do */

	for (; s.len; s = span_from(s, 1)) {
		char c = s.ptr[0];

		if (isspace((unsigned char)c)) {
			apart = true;
			continue;
		}
		if (apart && slashes(s)) {
			s = span_from(s, slashes(s) - 1);
			continue;
		}
		if (apart && closes(c) && last_byte(out) == ',')
			drop_comma(out, f);
		if (apart && fold_word(c) && fold_word(last_byte(out)))
			buf_addc(out, ' ');
		buf_addc(out, c);
		apart = false;
	}
}

void fold_add(struct fold *f, struct span line)
{
	*vec_push(&f->lines, f->arena) = f->text.len;
	add_code(&f->text, core(line), f);
}

void fold_gap(struct fold *f)
{
	if (f->text.len)
		buf_addc(&f->text, FOLD_GAP);
}

void fold_text(struct buf *out, struct span text)
{
	struct span line;

	while (text_line(&text, &line))
		add_code(out, core(line), NULL);
}

void fold_release(struct fold *f)
{
	buf_release(&f->text);
}

/* How many of the sorted numbers are at most `at`. */
static size_t up_to(const size_t *ptr, size_t len, size_t at)
{
	size_t lo = 0;

	while (lo < len) {
		size_t mid = (lo + len) / 2;

		if (ptr[mid] <= at)
			lo = mid + 1;
		else
			len = mid;
	}
	return lo;
}

size_t fold_line(const struct fold *f, size_t at)
{
	size_t n = up_to(f->lines.ptr, f->lines.len, at);

	return n ? n - 1 : 0;
}

bool fold_comma(const struct fold *f, size_t at)
{
	size_t n = up_to(f->commas.ptr, f->commas.len, at);

	return n && f->commas.ptr[n - 1] == at;
}
