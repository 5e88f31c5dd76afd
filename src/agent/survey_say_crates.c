/* Crates, modules, dependencies, what binds them. */
#include <stdlib.h>
#include <string.h>

#include "agent/quote.h"
#include "agent/survey_say.h"
#include "base/arena.h"

#define NAMED_MAX 12  /* crates that are named, no more */
#define DEPS_MAX 40   /* dependencies that are named of a crate */
#define MATCHES_MAX 8 /* dependencies that the words name */
#define ATTRIBUTES_MAX 8
#define GATES_MAX 8
#define BOUND_CRATES 3 /* whose attributes are told */
#define ROUNDS 7       /* round_of() */

static struct span name_of(const struct survey_crate *c)
{
	return c->name.len ? c->name : c->folder;
}

void say_crate(const struct teller *t, uint32_t crate)
{
	if (crate == SURVEY_NONE)
		buf_adds(t->out, "no crate");
	else
		quote_code(t->out, name_of(&t->s->crates.ptr[crate]));
}

/* ---- crates */

static const struct fact *first_fact(const struct survey_crate *c,
				     enum fact_kind kind)
{
	size_t n;
	const struct fact *f = manifest_facts(c->manifest, kind, &n);

	return n ? f : NULL;
}

static bool has_file(const struct teller *t, const struct survey_crate *c,
		     const char *name)
{
	const char *path =
		arena_printf(t->arena, "%.*s%s%s", SPAN_ARG(c->folder),
			     c->folder.len ? "/" : "", name);

	return survey_path(t->s, span_of(path)) != SURVEY_NONE;
}

static void say_value(const struct teller *t, const char *words,
		      const struct fact *f)
{
	if (!f || !f->value.len)
		return;
	buf_adds(t->out, words);
	quote_short(t->out, f->value, 40);
}

static void say_crate_line(const struct teller *t, const struct survey_crate *c)
{
	const struct fact *edition = first_fact(c, FACT_EDITION);
	const struct fact *name = first_fact(c, FACT_NAME);
	bool lib = has_file(t, c, "src/lib.rs") || first_fact(c, FACT_TARGET);
	size_t features;

	buf_adds(t->out, "- Crate ");
	quote_code(t->out, name_of(c));
	buf_adds(t->out, " (");
	quote_place(t->out, c->path, name ? name->line : 0);
	buf_adds(t->out, ")");
	say_value(t, ": version ", first_fact(c, FACT_VERSION));
	if (edition)
		say_value(t, ", edition ", edition);
	else
		buf_adds(t->out, ", edition `2015` (none is set)");
	say_value(t, ", Rust ", first_fact(c, FACT_RUST_VERSION));
	buf_addf(t->out, "%s; %u Rust file%s, %u public item%s",
		 has_file(t, c, "src/main.rs") || c->role[ROLE_BINARY]
			 ? lib ? "; library and binary" : "; binary"
			 : "; library",
		 c->files, text_plural(c->files), c->public_items,
		 text_plural(c->public_items));
	manifest_facts(c->manifest, FACT_FEATURE, &features);
	if (features)
		buf_addf(t->out, "; %zu feature%s", features,
			 text_plural(features));
	if (c->manifest->proc_macro)
		buf_adds(t->out, "; procedural macros");
	buf_adds(t->out, ".\n");
}

void say_crates(const struct teller *t, size_t most)
{
	size_t n, all, i, named = 0;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (i = 0; i < n && i < most; i++)
		say_crate_line(t, row[i]);
	if (i == all)
		return;
	buf_addf(t->out, "- %zu more crate%s: ", all - i, text_plural(all - i));
	for (; i < all && named < NAMED_MAX; i++) {
		buf_adds(t->out, named++ ? ", " : "");
		quote_code(t->out, name_of(row[i]));
	}
	buf_adds(t->out, i < all ? ", ….\n" : ".\n");
}

/* ---- modules */

static size_t module_depth(struct span module)
{
	size_t n = module.len > 0;

	for (size_t i = 0; i + 1 < module.len; i++)
		n += module.ptr[i] == ':' && module.ptr[i + 1] == ':';
	return n;
}

static void say_module(const struct teller *t, uint32_t index)
{
	const struct survey_file *f = &t->s->files.ptr[index];
	const struct survey_item as_item = { .kind = ITEM_MOD, .file = index };
	struct span about = survey_about(t->s, &as_item);

	buf_adds(t->out, "- ");
	say_place(t, index, 0);
	buf_addf(t->out, ": %u line%s, %u public item%s", f->lines,
		 text_plural(f->lines), f->public_items,
		 text_plural(f->public_items));
	if (about.len) {
		buf_adds(t->out, "; ");
		quote_code(t->out, about);
	}
	buf_adds(t->out, ".\n");
}

static bool is_module(const struct survey_file *f)
{
	return f->read && (f->role == ROLE_LIBRARY || f->role == ROLE_BINARY) &&
	       !f->vendored;
}

/* In which round a module is taken: what matches, then the tops of the closest
 * implementation's crate, of crates that match, the rest of those, all others.
 * What shows nothing and says nothing of itself comes with the rest. */
static unsigned round_of(const struct teller *t, const struct survey_file *f)
{
	const struct survey *s = t->s;
	bool top = module_depth(f->module) < 2 &&
		   (f->public_items || f->about.len);
	bool home = s->closest &&
		    s->files.ptr[s->closest->item->file].crate == f->crate;

	if (f->score > 0)
		return 0;
	if (home)
		return top ? 1 : 3;
	if (f->crate != SURVEY_NONE && s->crates.ptr[f->crate].score > 0)
		return top ? 2 : 4;
	return top ? 5 : 6;
}

/* The modules that there is room for, in the order of their rounds. */
static size_t choose_modules(const struct teller *t, size_t bytes,
			     uint8_t *taken)
{
	const struct survey *s = t->s;
	size_t from = t->out->len, left = 0;

	for (unsigned round = 0; round < ROUNDS; round++)
		for (uint32_t i = 0; i < s->files.len; i++) {
			if (!is_module(&s->files.ptr[i]) ||
			    round_of(t, &s->files.ptr[i]) != round)
				continue;
			if (!left)
				say_module(t, i);
			taken[i] = !left && t->out->len - from <= bytes;
			left += !taken[i];
		}
	t->out->len = from;
	return left;
}

void say_modules(const struct teller *t, size_t bytes)
{
	uint8_t *taken = arena_array(t->arena, t->s->files.len, 1);
	size_t left = choose_modules(t, bytes, taken), n = 0;

	for (uint32_t i = 0; i < t->s->files.len; i++)
		if (taken[i]) {
			say_module(t, i);
			n++;
		}
	if (left)
		buf_addf(t->out, "- … and %zu more module%s%s.\n", left,
			 text_plural(left), n ? " that match less" : "");
}

/* ---- what binds */

/* Is it an attribute that binds: of the crate's root, or of a file in it that
 * matches? */
static bool binds(const struct survey *s, const struct survey_crate *c,
		  const struct survey_fact *f)
{
	const struct survey_file *file = &s->files.ptr[f->file];

	return f->kind == CENSUS_ATTRIBUTE && file->crate != SURVEY_NONE &&
	       &s->crates.ptr[file->crate] == c &&
	       (file->score > 0 ||
		(!file->module.len && file->role == ROLE_LIBRARY)) &&
	       (!span_starts(f->name, "#![cfg_attr") ||
		span_find(f->name, SPAN("no_std")) >= 0);
}

void say_attributes(const struct teller *t)
{
	size_t n, all, said = 0;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < n && i < BOUND_CRATES; i++)
		vec_each (const struct survey_fact, f, &t->s->facts) {
			if (said == ATTRIBUTES_MAX || !binds(t->s, row[i], f))
				continue;
			said++;
			buf_adds(t->out, "- ");
			quote_code(t->out, f->name);
			buf_adds(t->out, " (");
			say_place(t, f->file, f->line);
			buf_adds(t->out, ").\n");
		}
}

/* Is the module the given one, or above it? */
static bool above(struct span module, struct span of)
{
	return of.len >= module.len &&
	       !memcmp(module.ptr, of.ptr, module.len) &&
	       (of.len == module.len || of.ptr[module.len] == ':');
}

static size_t say_module_gates(const struct teller *t, uint32_t file)
{
	const struct survey_file *f = &t->s->files.ptr[file];
	size_t n = 0;

	vec_each (const struct survey_module, m, &t->s->modules) {
		if (!m->gate.len || !above(m->module, f->module) ||
		    t->s->files.ptr[m->file].crate != f->crate)
			continue;
		if (n++ == GATES_MAX)
			break;
		buf_adds(t->out, "- Module ");
		quote_code(t->out, m->module);
		buf_adds(t->out, " stands under ");
		quote_code(t->out, m->gate);
		buf_adds(t->out, " (");
		say_place(t, m->file, m->line);
		buf_adds(t->out, ").\n");
	}
	return n;
}

void say_gates(const struct teller *t)
{
	const struct survey_unit *c = t->s->closest;
	uint32_t item = c ? survey_outline(t->s, c->item) : OUTLINE_NONE;
	struct span gate;

	if (!c)
		return;
	say_module_gates(t, c->item->file);
	if (item == OUTLINE_NONE)
		return;
	gate = survey_gate(t->arena, survey_source(t->s, c->item->file), item);
	if (!gate.len)
		return;
	buf_adds(t->out, "- The ");
	say_item(t, c->item);
	buf_adds(t->out, " stands under ");
	quote_code(t->out, gate);
	buf_adds(t->out, ".\n");
}

/* ---- dependencies */

static uint32_t terms_in(const struct teller *t, struct span name)
{
	struct term_hits hits = { 0 };
	uint32_t mask = 0;

	terms_scan(&t->s->terms, t->arena, name, &hits);
	vec_each (const struct term_hit, h, &hits.rows)
		if (t->s->weight[h->term] > 0 ||
		    t->s->terms.term.ptr[h->term].kind == TERM_WORD)
			mask |= (uint32_t)1 << h->term;
	return mask;
}

/* Each once, from the crate that matters most. */
static void say_named(const struct teller *t)
{
	struct span seen[MATCHES_MAX];
	size_t n, all, said = 0;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < all; i++)
		vec_each (const struct dependency, d, &row[i]->manifest->deps) {
			bool new = d->source != SOURCE_PATH;

			for (size_t k = 0; k < said; k++)
				new = new && !span_eq(seen[k], d->name);
			if (!new || said == MATCHES_MAX ||
			    !terms_in(t, d->name))
				continue;
			buf_adds(t->out, said ? ", "
					      : "- Dependencies that the "
						"words name: ");
			seen[said++] = d->name;
			quote_code(t->out, d->name);
			buf_adds(t->out, " (");
			quote_place(t->out, row[i]->path, d->line);
			buf_addc(t->out, ')');
		}
	if (said)
		buf_adds(t->out, ".\n");
}

static void say_all(const struct teller *t, const struct survey_crate *c)
{
	size_t n = 0, left = 0;

	vec_each (const struct dependency, d, &c->manifest->deps) {
		if (d->kind != DEPENDENCY_NORMAL)
			continue;
		if (n == DEPS_MAX) {
			left++;
			continue;
		}
		if (!n++) {
			buf_adds(t->out, "- ");
			quote_code(t->out, name_of(c));
			buf_adds(t->out, " depends on ");
		} else {
			buf_adds(t->out, ", ");
		}
		quote_code(t->out, d->name);
		if (d->col[COLUMN_REQUIREMENT].text.len) {
			buf_addc(t->out, ' ');
			text_visible_line(
				t->out,
				text_clip(d->col[COLUMN_REQUIREMENT].text, 20));
		}
	}
	if (left)
		buf_addf(t->out, " and %zu more", left);
	if (n) {
		buf_adds(t->out, " (");
		quote_place(t->out, c->path, 0);
		buf_adds(t->out, ").\n");
	}
}

void say_dependencies(const struct teller *t)
{
	size_t n, all;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	say_named(t);
	if (all)
		say_all(t, row[0]);
}
