/*
 * Markdown as HTML: one row a kind of node. Links go to files of the change
 * that are in the page; others are told in words, so that nothing of a report
 * leads out of it.
 */
#include <string.h>

#include "base/buf.h"
#include "render/html_parts.h"
#include "render/md.h"

struct writer {
	struct html *h;
	struct buf out;
	unsigned
		heading; /* the level of the one before, or of what is around */
	unsigned open[MD_NODES_MAX]; /* levels of headings that are open */
	unsigned depth;
	bool code, rust;
	bool links; /* within a link, which is one in the page if */
	bool link;
	bool head; /* of a table: its first row has not come yet */
	bool bare; /* no element around a paragraph */
	size_t link_at;
	struct html_link place; /* the last one in words */
};

static const struct {
	const char *begin, *end;
} tags[NODE_KINDS] = {
	[NODE_PARAGRAPH] = { "<p>", "</p>\n" },
	[NODE_QUOTE] = { "<blockquote>", "</blockquote>\n" },
	[NODE_BULLETS] = { "<ul>\n", "</ul>\n" },
	[NODE_NUMBERS] = { "<ol>\n", "</ol>\n" },
	[NODE_ITEM] = { "<li>", "</li>\n" },
	[NODE_RULE] = { "<hr>\n", "" },
	[NODE_CODE] = { "<pre><code>", "</code></pre>\n" },
	[NODE_TABLE] = { "<table>\n", "</tbody></table>\n" },
	[NODE_EMPHASIS] = { "<em>", "</em>" },
	[NODE_STRONG] = { "<strong>", "</strong>" },
	[NODE_CODE_SPAN] = { "<code>", "</code>" },
	[NODE_BREAK] = { "<br>\n", "" },
};

/* No level is left out on the way down, whatever the text says. */
static unsigned heading_level(struct writer *w, unsigned level)
{
	unsigned most = w->heading < 6 ? w->heading + 1 : 6;

	w->heading = level + 2 < most ? level + 2 : most;
	return w->heading;
}

static void begin_cell(struct writer *w, const struct md_node *n)
{
	static const char *const class[] = {
		[ALIGN_NONE] = "",
		[ALIGN_LEFT] = "",
		[ALIGN_CENTER] = " class=\"center\"",
		[ALIGN_RIGHT] = " class=\"right\"",
	};

	buf_addf(&w->out, "<%s%s>", n->header ? "th scope=\"col\"" : "td",
		 class[n->align]);
}

static void begin_link(struct writer *w, const struct md_node *n)
{
	size_t file = n->local ? html_file_of(w->h, n->href) : 0;

	w->link = file > 0;
	w->links = true;
	if (w->link)
		buf_addf(&w->out, "<a href=\"#d%zu\">", file);
	w->link_at = w->out.len;
}

/* Where it would have led, unless its own words say so. */
static void end_link(struct writer *w, const struct md_node *n)
{
	struct buf href = { 0 };

	w->links = false;
	if (w->link) {
		buf_adds(&w->out, "</a>");
		return;
	}
	html_escape(&href, n->href);
	if (!span_eq(span_from(buf_span(&w->out), w->link_at), buf_span(&href)))
		buf_addf(&w->out, " <span class=\"url\">(%s)</span>",
			 buf_cstr(&href));
	buf_release(&href);
}

/* A box for the eyes, words for who hears the page. */
static void begin_task(struct writer *w, bool done)
{
	buf_addf(&w->out,
		 "<span aria-hidden=\"true\">%s </span>"
		 "<span class=\"sr\">%s: </span>",
		 done ? "☑" : "☐", done ? "done" : "to do");
}

static bool bare(const struct writer *w, const struct md_node *n)
{
	return w->bare && n->kind == NODE_PARAGRAPH;
}

static void enter(void *to, const struct md_node *n)
{
	struct writer *w = to;

	/* what follows a place may be in code or emphasis */
	if (n->kind < NODE_EMPHASIS || n->kind >= NODE_LINK)
		w->place.file = 0;
	switch (n->kind) {
	case NODE_HEADING:
		w->open[w->depth++] = heading_level(w, n->level);
		buf_addf(&w->out, "<h%u>", w->heading);
		break;
	case NODE_NUMBERS:
		if (n->start == 1)
			buf_adds(&w->out, "<ol>\n");
		else
			buf_addf(&w->out, "<ol start=\"%u\">\n", n->start);
		break;
	case NODE_ITEM:
		buf_adds(&w->out, "<li>");
		if (n->task)
			begin_task(w, n->task == 'x');
		break;
	case NODE_TABLE:
		w->head = true;
		buf_adds(&w->out, tags[n->kind].begin);
		break;
	case NODE_CODE:
		w->code = true;
		w->rust = !n->lang.len || span_eqs_nocase(n->lang, "rust") ||
			  span_eqs_nocase(n->lang, "rs");
		buf_adds(&w->out, tags[n->kind].begin);
		break;
	case NODE_ROW:
		buf_adds(&w->out, w->head ? "<thead><tr>" : "<tr>");
		break;
	case NODE_CELL:
		begin_cell(w, n);
		break;
	case NODE_LINK:
		begin_link(w, n);
		break;
	default:
		if (!bare(w, n))
			buf_adds(&w->out, tags[n->kind].begin);
	}
}

static void leave(void *to, const struct md_node *n)
{
	struct writer *w = to;

	switch (n->kind) {
	case NODE_HEADING:
		buf_addf(&w->out, "</h%u>\n", w->open[--w->depth]);
		break;
	case NODE_ROW:
		buf_adds(&w->out,
			 w->head ? "</tr></thead>\n<tbody>\n" : "</tr>\n");
		w->head = false;
		break;
	case NODE_CELL:
		buf_adds(&w->out, n->header ? "</th>" : "</td>");
		break;
	case NODE_LINK:
		end_link(w, n);
		break;
	case NODE_CODE:
		w->code = false;
		/* fall through */
	default:
		if (!bare(w, n))
			buf_adds(&w->out, tags[n->kind].end);
	}
}

static void text(void *to, struct span s)
{
	struct writer *w = to;

	if (w->code)
		html_code(w->h, &w->out, s, w->rust);
	else if (w->links)
		html_escape(&w->out, s);
	else
		html_places(w->h, &w->out, &w->place, s);
}

static void write(struct writer *w, struct span s)
{
	const struct md_visitor v = { enter, leave, text, w, &w->out };

	if (!span_trim(s).len)
		return;
	if (!md_walk(&v, s)) {
		buf_addsp(w->h->out, buf_span(&w->out));
	} else {
		html_raw(w->h, w->bare ? "" : "<pre>");
		html_text(w->h, s);
		html_raw(w->h, w->bare ? "" : "</pre>\n");
	}
	buf_release(&w->out);
}

void html_inline(struct html *h, struct span s)
{
	struct writer w = { .h = h, .bare = true };

	write(&w, s);
}

void html_markdown(struct html *h, struct span s, unsigned under)
{
	struct writer w = { .h = h, .heading = under };

	write(&w, s);
}
