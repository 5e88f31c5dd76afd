/* Code as it stands: the closest implementation's declarations, and the traits
 * it implements with what they require. */
#include "agent/offline_survey_parts.h"
#include "agent/quote.h"
#include "agent/survey_pages.h"
#include "base/arena.h"
#include "base/mask.h"

#define CODE_BYTES (6 * 1024)
#define TRAITS_MAX 3

static void add_fence(struct buf *out, size_t ticks, const char *info)
{
	while (ticks--)
		buf_addc(out, '`');
	buf_addf(out, "%s\n", info);
}

/* The page's lines out of the whole file, where secrets are known by what is
 * around them; a mask is as long as what it hides. */
static void add_lines(struct buf *out, const struct page *p, struct span whole)
{
	struct buf masked = { 0 };

	mask_bytes(&masked, whole, NULL);
	vec_each (const struct page_line, l, &p->lines) {
		size_t at = (size_t)(l->text.ptr - whole.ptr);

		text_visible(out,
			     (struct span){ masked.ptr + at, l->text.len });
		buf_addc(out, '\n');
	}
	buf_release(&masked);
}

static struct span whole_text(const struct survey *s, struct span path)
{
	vec_each (const struct survey_source, k, &s->sources)
		if (span_eq(k->source->path, path))
			return k->source->lx.src;
	return (struct span){ 0 };
}

/* Where the closest implementation is, not its documentation. */
static uint32_t first_line(const struct teller *t, const struct page *p)
{
	const struct survey_item *c = t->s->closest->item;

	return span_eq(t->s->files.ptr[c->file].entry->path, p->path)
		       ? c->line
		       : p->lines.ptr[0].number;
}

static void add_page(const struct teller *t, const struct page *p)
{
	struct span whole = whole_text(t->s, p->path);
	struct buf code = { 0 };
	size_t ticks;

	if (!whole.ptr)
		return;
	add_lines(&code, p, whole);
	ticks = text_longest_run(buf_span(&code), '`') + 1;
	ticks = ticks < 3 ? 3 : ticks;
	quote_place(t->out, p->path, first_line(t, p));
	buf_adds(t->out, ", declarations as they stand:\n\n");
	add_fence(t->out, ticks, "rust");
	buf_addsp(t->out, buf_span(&code));
	add_fence(t->out, ticks, "");
	buf_addc(t->out, '\n');
	buf_release(&code);
}

void survey_code(const struct teller *t)
{
	struct pages pages = { .arena = t->arena, .most = CODE_BYTES };
	struct survey_items traits = { 0 };
	size_t n = 0;

	if (!t->s->closest)
		return;
	survey_show_unit(&pages, t->s, t->s->closest, PAGE_OUTLINE);
	if (!pages.bytes)
		survey_show_unit(&pages, t->s, t->s->closest, PAGE_DECLARATION);
	pages.most = pages.bytes + CODE_BYTES / 2;
	survey_traits(&traits, t->arena, t->s);
	vec_each (const struct survey_item *, it, &traits)
		if (n++ < TRAITS_MAX)
			survey_show_trait(&pages, t->s, *it);
	pages_close(&pages);
	vec_each (struct page *, p, &pages.rows)
		add_page(t, *p);
}
