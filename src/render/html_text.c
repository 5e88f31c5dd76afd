#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "render/html_parts.h"

void html_raw(struct html *h, const char *s)
{
	buf_adds(h->out, s);
}

void html_rawf(struct html *h, const char *fmt, ...)
{
	char s[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s, sizeof(s), fmt, ap);
	va_end(ap);
	buf_adds(h->out, s);
}

void html_escape(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		switch (s.ptr[i]) {
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		case '\'':
			buf_adds(out, "&#39;");
			break;
		default:
			buf_addc(out, s.ptr[i]);
		}
}

static void add_visible(struct html *h, struct span s,
			size_t (*visible)(struct buf *out, struct span s))
{
	struct buf b = { 0 };

	visible(&b, s);
	html_escape(h->out, buf_span(&b));
	buf_release(&b);
}

void html_text(struct html *h, struct span s)
{
	add_visible(h, s, text_visible);
}

void html_line(struct html *h, struct span s)
{
	add_visible(h, s, text_visible_line);
}

static const char *const classes[] = {
	[CODE_PLAIN] = NULL,	[CODE_KEYWORD] = "k", [CODE_TYPE] = "t",
	[CODE_FUNCTION] = "f",	[CODE_MACRO] = "m",   [CODE_STRING] = "s1",
	[CODE_NUMBER] = "d",	[CODE_COMMENT] = "c", [CODE_LIFETIME] = "i",
	[CODE_ATTRIBUTE] = "a",
};

/* No element runs over a line's end, so that lines can be told apart. */
static void add_piece(void *ctx, enum code_kind kind, struct span text)
{
	struct buf *out = ctx;

	while (text.len) {
		ptrdiff_t end = span_chr(text, '\n');
		size_t n = end < 0 ? text.len : (size_t)end;

		if (n && classes[kind])
			buf_addf(out, "<span class=\"%s\">", classes[kind]);
		html_escape(out, span_first(text, n));
		if (n && classes[kind])
			buf_adds(out, "</span>");
		if (end >= 0)
			buf_addc(out, '\n');
		text = span_from(text, n + (end >= 0));
	}
}

void html_code(struct html *h, struct buf *out, struct span code, bool rust)
{
	if (rust && h->highlight)
		h->highlight(code, add_piece, out);
	else
		add_piece(out, CODE_PLAIN, code);
}

void html_count(struct html *h, size_t n, const char *what)
{
	html_rawf(h, "%zu %s%s", n, what, text_plural(n));
}

void html_begin_bar(struct html *h)
{
	html_rawf(h,
		  "<svg viewBox=\"0 0 %u 10\" preserveAspectRatio=\"none\" "
		  "aria-hidden=\"true\" focusable=\"false\">",
		  HTML_BAR_WIDE);
}

void html_bar_part(struct html *h, uint64_t at, uint64_t width,
		   const char *class)
{
	html_rawf(h,
		  "<rect class=\"%s\" x=\"%llu\" y=\"0\" width=\"%llu\" "
		  "height=\"10\"/>",
		  class, (unsigned long long)at, (unsigned long long)width);
}

void html_end_bar(struct html *h)
{
	html_raw(h, "</svg>");
}

void html_head(struct html *h, struct span title)
{
	html_raw(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		    "<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\""
		    "default-src 'none'; style-src ");
	html_raw(h, page_css_allowed);
	html_raw(h, "; script-src ");
	html_raw(h, page_js_allowed);
	html_raw(h, "; base-uri 'none'; form-action 'none'\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, "
		    "initial-scale=1\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n"
		    "<meta name=\"generator\" content=\"architect " VERSION
		    "\">\n<title>");
	html_line(h, title);
	html_raw(h, "</title>\n<style>");
	html_raw(h, page_css);
	html_raw(h, "</style>\n<script>");
	html_raw(h, page_js);
	html_raw(h, "</script>\n</head>\n<body>\n"
		    "<a class=\"skip\" href=\"#main\">Skip to the report</a>"
		    "\n");
}

void html_foot(struct html *h)
{
	html_raw(h, "<footer class=\"soft\">\n"
		    "<p>Made by architect " VERSION
		    ". This page asks the network for nothing.</p>\n"
		    "</footer>\n</body>\n</html>\n");
}
