/* What somebody who designs this has to decide, from what was found. */
#include "agent/offline_survey_parts.h"
#include "agent/quote.h"
#include "base/arena.h"

#define NAMED_MAX 3
#define NEAR 2 /* survey_distance(): the same crate */

struct list {
	const struct teller *t;
	unsigned n;
};

static struct buf *item(struct list *l)
{
	buf_addf(l->t->out, "%u. ", ++l->n);
	return l->t->out;
}

static void end(struct list *l)
{
	buf_adds(l->t->out, ".\n");
}

/* Words of the request that the tree does not know. */
static void ask_missing(struct list *l)
{
	const struct survey *s = l->t->s;
	size_t n = 0;

	for (size_t i = 0; i < s->terms.term.len; i++) {
		if (s->terms.term.ptr[i].kind != TERM_WORD || s->found[i])
			continue;
		if (n)
			buf_adds(l->t->out, ", ");
		else
			buf_adds(item(l), "Say what these are here, since no "
					  "Rust file names them: ");
		quote_code(l->t->out, s->terms.term.ptr[i].word);
		n++;
	}
	if (n)
		end(l);
}

static void ask_traits(struct list *l)
{
	struct survey_items traits = { 0 };
	size_t n = 0;

	survey_traits(&traits, l->t->arena, l->t->s);
	vec_each (const struct survey_item *, it, &traits) {
		if (n++ == NAMED_MAX)
			break;
		buf_adds(item(l), "Decide whether it implements ");
		say_item(l->t, *it);
		end(l);
	}
}

static void ask_closest(struct list *l)
{
	const struct survey_unit *c = l->t->s->closest;

	buf_adds(item(l), "Decide whether it extends ");
	say_item(l->t, c->item);
	buf_adds(l->t->out, ", stands beside it in ");
	say_crate(l->t, l->t->s->files.ptr[c->item->file].crate);
	buf_adds(l->t->out, ", or elsewhere");
	end(l);
}

/* Does a function's name say that it bounds something? */
static bool bounds(struct span name)
{
	static const char *const words[] = {
		"capacity", "limit",   "max",	   "bound",   "quota",
		"ttl",	    "timeout", "interval", "retries", "expir",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_find(name, span_of(words[i])) >= 0)
			return true;
	return false;
}

static void ask_bounds(struct list *l)
{
	const struct survey_item *c = l->t->s->closest->item;
	const struct source *s = survey_source(l->t->s, c->file);
	uint32_t i = 0;
	size_t n = 0;

	while ((i = survey_function(l->t, i)) != OUTLINE_NONE &&
	       n < NAMED_MAX) {
		const struct item *fn = &s->outline.item[i++];

		if (!bounds(fn->name))
			continue;
		if (n++)
			buf_adds(l->t->out, ", ");
		else
			buf_adds(item(l), "State its bounds, as the closest "
					  "implementation does in ");
		quote_code(l->t->out, fn->name);
		buf_adds(l->t->out, " (");
		say_place(l->t, c->file, fn->line);
		buf_addc(l->t->out, ')');
	}
	if (n)
		end(l);
}

/* The first groups of a kind that are in the closest one's crate. */
static size_t near_groups(struct list *l, enum census_kind kind,
			  const char *ask)
{
	struct survey_groups g = { 0 };
	size_t n = 0;

	survey_group(&g, l->t->arena, l->t->s, kind);
	vec_each (const struct survey_group, row, &g.rows) {
		if (row->distance > NEAR || n == NAMED_MAX)
			break;
		if (n++)
			buf_adds(l->t->out, ", ");
		else
			buf_adds(item(l), ask);
		quote_code(l->t->out, row->name);
		buf_adds(l->t->out, " (");
		say_place(l->t, row->near[0]->file, row->near[0]->line);
		buf_addc(l->t->out, ')');
	}
	if (n)
		end(l);
	return n;
}

static void ask_gate(struct list *l)
{
	const struct survey *s = l->t->s;
	const struct survey_item *c = s->closest->item;
	const struct source *source = survey_source(s, c->file);
	uint32_t i = survey_outline(s, c);
	struct span gate;

	if (!source || i == OUTLINE_NONE)
		return;
	gate = survey_gate(l->t->arena, source, i);
	if (!gate.len)
		return;
	buf_adds(item(l), "Decide whether it stands under ");
	quote_code(l->t->out, gate);
	buf_adds(l->t->out, " as ");
	say_item(l->t, c);
	buf_adds(l->t->out, " does");
	end(l);
}

static void ask_msrv(struct list *l)
{
	const struct survey *s = l->t->s;
	uint32_t crate = s->files.ptr[s->closest->item->file].crate;
	const struct survey_crate *c;
	const struct fact *f;
	size_t n;

	if (crate == SURVEY_NONE)
		return;
	c = &s->crates.ptr[crate];
	f = manifest_facts(c->manifest, FACT_RUST_VERSION, &n);
	if (!n || !f->value.len)
		return;
	buf_adds(item(l), "Keep to Rust ");
	quote_short(l->t->out, f->value, 40);
	buf_adds(l->t->out, " (");
	quote_place(l->t->out, c->path, f->line);
	buf_addc(l->t->out, ')');
	end(l);
}

static void ask_tests(struct list *l)
{
	const struct survey *s = l->t->s;
	uint32_t crate = s->files.ptr[s->closest->item->file].crate;
	const struct survey_crate *c;

	if (crate == SURVEY_NONE)
		return;
	c = &s->crates.ptr[crate];
	buf_adds(item(l), "Put tests where ");
	quote_code(l->t->out, c->name);
	buf_addf(l->t->out,
		 " has them: %u test function%s beside the code, %u in files "
		 "of their own",
		 c->tests, text_plural(c->tests), c->outer_tests);
	end(l);
}

void survey_checklist(const struct teller *t)
{
	struct list l = { .t = t };

	ask_missing(&l);
	if (!t->s->closest) {
		buf_adds(item(&l), "Name a crate, module or type of this "
				   "repository, or a word of its code");
		end(&l);
		return;
	}
	ask_closest(&l);
	ask_traits(&l);
	ask_bounds(&l);
	near_groups(&l, CENSUS_ERROR,
		    "Decide which error type carries its failures; near are ");
	near_groups(&l, CENSUS_LOCK,
		    "State what it shares, under which lock, and whether that "
		    "is held across an `.await`; near are ");
	near_groups(&l, CENSUS_CHANNEL,
		    "State the bound of each channel; near are ");
	near_groups(&l, CENSUS_TASK,
		    "Say which tasks it starts, and who ends them; near are ");
	ask_gate(&l);
	ask_msrv(&l);
	ask_tests(&l);
}
