/*
 * A hunk is two texts woven into one. Its secrets are looked for in the old
 * side, in the new side and in the lines as they stand, so that no line of one
 * side can tear apart what the other side holds; a byte is masked when any of
 * the three says so.
 */
#include "core/hunk_mask.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"

/* A word of this length in the base64 alphabet names no function. */
#define MIN_ENCODED 40
/* Lines of nothing but base64 that are no chance. */
#define MIN_MIDDLE 3

static bool in_view(const struct diff_line *l, char left_out)
{
	return l->origin != left_out;
}

/* The texts of the hunk's lines but those of one origin, each with an LF. */
static void join(struct buf *out, const struct hunk *h, char left_out)
{
	vec_each (struct diff_line, l, &h->lines) {
		if (!in_view(l, left_out))
			continue;
		buf_addsp(out, l->text);
		buf_addc(out, '\n');
	}
}

/* Put the masks of one view over the hunk's text. */
static void mask_view(struct buf *text, const struct hunk *h, char left_out,
		      struct mask_counts *masks)
{
	struct mask_counts counts = { 0 };
	struct buf plain = { 0 }, masked = { 0 };
	size_t at = 0, from = 0, i, n;

	join(&plain, h, left_out);
	mask_bytes(&masked, buf_span(&plain), &counts);
	if (counts.total)
		vec_each (struct diff_line, l, &h->lines) {
			n = l->text.len + 1;
			if (in_view(l, left_out)) {
				for (i = 0; i < n; i++)
					if (masked.ptr[from + i] !=
					    plain.ptr[from + i])
						text->ptr[at + i] =
							masked.ptr[from + i];
				from += n;
			}
			at += n;
		}
	mask_counts_most(masks, &counts);
	buf_release(&plain);
	buf_release(&masked);
}

/* The last line of a private key. */
static bool key_end(struct span line)
{
	ptrdiff_t at = span_find(line, SPAN("-----END "));

	return at >= 0 &&
	       span_find(span_from(line, (size_t)at), SPAN("PRIVATE KEY")) >= 0;
}

/* How much base64 a line holds; 0 when it holds anything else but what a string
 * constant or a comment puts around it. */
static size_t key_line(struct span line)
{
	size_t n = 0;

	while (line.len && line.ptr[0] && strchr(" \t\"'/!#", line.ptr[0]))
		line = span_from(line, 1);
	while (n < line.len && (isalnum((unsigned char)line.ptr[n]) ||
				(line.ptr[n] && strchr("+/=", line.ptr[n]))))
		n++;
	line = span_from(line, n);
	if (span_starts(line, "\\n"))
		line = span_from(line, 2);
	while (line.len && line.ptr[0] && strchr("\\\"',+ \t\r", line.ptr[0]))
		line = span_from(line, 1);
	return n >= 4 && !line.len ? n : 0;
}

static void cover(char *line, size_t n)
{
	static const char label[] = "[masked:" HUNK_KEY_KIND;

	if (n && line[n - 1] == '\r')
		n--;
	memset(line, '*', n);
	if (n < sizeof(label))
		return;
	memcpy(line, label, sizeof(label) - 1);
	line[n - 1] = ']';
}

/*
 * A hunk that begins inside a key has its end alone, which no shape knows: the
 * lines above it are the key's.
 */
static size_t mask_tails(struct buf *text, const struct hunk *h)
{
	size_t masked = 0, at = 0, i, k, up;

	for (i = 0; i < h->lines.len; at += h->lines.ptr[i++].text.len + 1) {
		if (!key_end((struct span){ text->ptr + at,
					    h->lines.ptr[i].text.len }))
			continue;
		for (k = i, up = at; k > 0; k--) {
			size_t n = h->lines.ptr[k - 1].text.len;

			up -= n + 1;
			if (!key_line((struct span){ text->ptr + up, n }))
				break;
			cover(text->ptr + up, n);
		}
		masked += k < i;
	}
	return masked;
}

/* A whole line of a PEM file (64 characters, RFC 7468) or of OpenSSH (70). */
static bool full_line(struct span line)
{
	size_t n = key_line(line);

	return n >= 60 && n <= 76;
}

/* Do the n lines from line i on, whose text is at, belong to the BEGIN line of
 * something public that stands above them, a certificate's say? A line of
 * another side may be out of something else. */
static bool public_block(const struct buf *text, const struct hunk *h, size_t i,
			 size_t at, size_t n)
{
	const struct diff_line *l = &h->lines.ptr[i];
	struct span above;

	if (!i)
		return false;
	above.len = l[-1].text.len;
	above.ptr = text->ptr + at - above.len - 1;
	while (n && l[n - 1].origin == l[-1].origin)
		n--;
	return !n && span_find(above, SPAN("-----BEGIN ")) >= 0 &&
	       span_find(above, SPAN("PRIVATE")) < 0;
}

/* How many full lines stand together from line i on, whose text is at. */
static size_t run_at(const struct buf *text, const struct hunk *h, size_t i,
		     size_t at)
{
	size_t run = 0, n;

	for (; i < h->lines.len; i++, run++, at += n + 1) {
		n = h->lines.ptr[i].text.len;
		if (!full_line((struct span){ text->ptr + at, n }))
			break;
	}
	return run;
}

/*
 * A hunk in the middle of a key shows neither its first line nor its last:
 * three full lines of base64 in a row are taken for one. The middle of a
 * certificate looks the same, and a reviewer can do without it.
 */
static size_t mask_middles(struct buf *text, const struct hunk *h)
{
	size_t masked = 0, at = 0, i = 0;

	while (i < h->lines.len) {
		size_t run = run_at(text, h, i, at);
		bool hide =
			run >= MIN_MIDDLE && !public_block(text, h, i, at, run);

		masked += hide;
		for (run = run ? run : 1; run; run--, i++) {
			size_t n = h->lines.ptr[i].text.len;

			if (hide)
				cover(text->ptr + at, n);
			at += n + 1;
		}
	}
	return masked;
}

/* Git takes any line that begins with a letter for a function's head, also
 * one out of the middle of a key. */
static bool encoded(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isalnum((unsigned char)s.ptr[i]) &&
		    (!s.ptr[i] || !strchr("+/=", s.ptr[i])))
			return false;
	return s.len >= MIN_ENCODED;
}

struct span hunk_heading(const struct hunk *h)
{
	return encoded(span_trim(h->heading)) ? (struct span){ 0 } : h->heading;
}

/* What is no diff has one view. */
static void mask(struct buf *text, const struct hunk *h, bool diff,
		 struct mask_counts *masked)
{
	struct mask_counts here = { 0 };
	struct buf plain = { 0 };

	join(&plain, h, '\0');
	mask_view(&plain, h, '\0', &here);
	if (diff) {
		mask_view(&plain, h, '+', &here);
		mask_view(&plain, h, '-', &here);
	}
	mask_count(&here, HUNK_KEY_KIND,
		   mask_tails(&plain, h) + mask_middles(&plain, h));
	mask_counts_add(masked, &here);
	buf_addsp(text, buf_span(&plain));
	buf_release(&plain);
}

void hunk_mask(struct buf *out, const struct hunk *h,
	       struct mask_counts *masked)
{
	mask(out, h, true, masked);
}

void hunk_mask_lines(struct buf *out, const struct hunk *h,
		     struct mask_counts *masked)
{
	mask(out, h, false, masked);
}

void hunk_text(struct buf *out, const struct hunk *h)
{
	join(out, h, '\0');
}

/* The kind that the first mask in the line names, or NULL. */
static const char *named_kind(struct span shown)
{
	static const char open[] = "[masked:";
	ptrdiff_t at = span_find(shown, span_of(open));

	if (at < 0)
		return NULL;
	shown = span_from(shown, (size_t)at + strlen(open));
	for (size_t i = 0; i < MASK_KINDS; i++) {
		const char *kind = mask_kind(i);

		size_t n = kind ? strlen(kind) : 0;

		if (n && span_starts(shown, kind) && shown.len > n &&
		    (shown.ptr[n] == '*' || shown.ptr[n] == ']'))
			return kind;
	}
	return NULL;
}

const char *hunk_mask_kind(struct span line, struct span shown)
{
	struct mask_counts counts = { 0 };
	struct buf masked = { 0 };
	const char *kind;
	size_t i = 0;

	mask_bytes(&masked, line, &counts);
	buf_release(&masked);
	while (counts.total && !counts.of[i])
		i++;
	/* else its name stands on another line, or it is a key's */
	kind = counts.total ? mask_kind(i) : named_kind(shown);
	return kind ? kind : HUNK_KEY_KIND;
}
