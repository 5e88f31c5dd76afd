/* What binds a design, and what the closest implementation is like. */
#include "agent/offline_survey_parts.h"
#include "agent/quote.h"
#include "base/arena.h"
#include "rust/look.h"
#include "rust/param.h"

#define CRATES_MAX 3
#define FEATURES_MAX 16
#define MARKERS_MAX 6
#define MARKED_UNITS 6
#define IMPLS_MAX 8
#define RETURNS_MAX 5

/* ---- manifests */

static bool say_fact(const struct teller *t, const struct survey_crate *c,
		     enum fact_kind kind, const char *words, bool first)
{
	size_t n;
	const struct fact *f = manifest_facts(c->manifest, kind, &n);

	if (!n || !f->value.len)
		return false;
	buf_adds(t->out, first ? ": " : ", ");
	buf_adds(t->out, words);
	quote_short(t->out, f->value, 40);
	buf_adds(t->out, " (");
	quote_place(t->out, c->path, f->line);
	buf_addc(t->out, ')');
	return true;
}

static void say_features(const struct teller *t, const struct survey_crate *c)
{
	size_t n, i;
	const struct fact *f = manifest_facts(c->manifest, FACT_FEATURE, &n);

	if (!n)
		return;
	buf_adds(t->out, "- Features of ");
	quote_code(t->out, c->name);
	buf_adds(t->out, ": ");
	for (i = 0; i < n && i < FEATURES_MAX; i++) {
		buf_adds(t->out, i ? ", " : "");
		quote_short(t->out, f[i].name, 40);
	}
	buf_adds(t->out, i < n ? ", … (" : " (");
	quote_place(t->out, c->path, f->line);
	buf_adds(t->out, ").\n");
}

static void say_unsafe(const struct teller *t)
{
	const struct survey_unit *c = t->s->closest;
	const struct source *s = c ? survey_source(t->s, c->item->file) : NULL;
	uint32_t n = 0, first = 0;

	if (!s)
		return;
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];

		if (!survey_of_closest(t, i))
			continue;
		for (uint32_t k = it->head; k <= it->last; k++)
			if (look_kind(s, k) == KW_UNSAFE) {
				first = n++ ? first : look_line(s, k);
			}
	}
	if (!n)
		return;
	buf_addf(t->out,
		 "- The closest implementation writes `unsafe` %u "
		 "time%s, first at ",
		 n, text_plural(n));
	say_place(t, c->item->file, first);
	buf_adds(t->out, ".\n");
}

static void say_constraint(const struct teller *t, const struct survey_crate *c)
{
	bool said;

	buf_adds(t->out, "- ");
	quote_code(t->out, c->name);
	said = say_fact(t, c, FACT_EDITION, "edition ", true);
	if (!say_fact(t, c, FACT_RUST_VERSION, "Rust ", !said))
		buf_addf(t->out, "%sno `rust-version` is set",
			 said ? ", " : ": ");
	buf_adds(t->out, ".\n");
}

void survey_constraints(const struct teller *t)
{
	size_t n, all;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < n && i < CRATES_MAX; i++)
		say_constraint(t, row[i]);
	if (all)
		say_features(t, row[0]);
	say_unsafe(t);
}

/* ---- markers in comments */

/* What begins with a marker such as TO-DO, to the end of its line; or empty. */
static struct span marked(struct span comment)
{
	static const char *const words[] = { "TO"
					     "DO",
					     "FIX"
					     "ME",
					     "XX"
					     "X",
					     "HACK" };
	struct span line;

	while (text_line(&comment, &line))
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
			ptrdiff_t at = span_find(line, span_of(words[i]));

			if (at >= 0)
				return span_trim(span_from(line, (size_t)at));
		}
	return (struct span){ 0 };
}

/* Does the comment stand in the unit, or an impl of its type in its file? */
static bool in_unit(const struct source *s, const struct survey_unit *u,
		    const struct comment *c)
{
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];

		if (it->lead_line > c->line || it->last_line < c->line)
			continue;
		if (it->line == u->item->line ||
		    (it->kind == ITEM_IMPL && span_eq(it->name, u->item->name)))
			return true;
	}
	return false;
}

static void say_marker(const struct teller *t, uint32_t file,
		       const struct comment *c, struct span text)
{
	buf_adds(t->out, "- Marked in a comment: ");
	quote_code(t->out, text);
	buf_adds(t->out, " (");
	say_place(t, file, c->line);
	buf_adds(t->out, ").\n");
}

void survey_markers(const struct teller *t)
{
	size_t n = 0, units = 0;

	vec_each (struct survey_unit *, row, &t->s->units) {
		uint32_t file = (*row)->item->file;
		const struct source *s = survey_source(t->s, file);

		if (!s || units++ == MARKED_UNITS)
			continue;
		for (uint32_t i = 0; i < s->lx.comments && n < MARKERS_MAX;
		     i++) {
			const struct comment *c = &s->lx.comment[i];
			struct span text = marked((struct span){
				s->lx.src.ptr + c->start, c->len });

			if (!text.len || !in_unit(s, *row, c))
				continue;
			say_marker(t, file, c, text);
			n++;
		}
	}
}

/* ---- the closest implementation */

bool survey_of_closest(const struct teller *t, uint32_t item)
{
	const struct survey_item *c = t->s->closest->item;
	const struct source *s = survey_source(t->s, c->file);
	const struct item *it = &s->outline.item[item];

	if (it->flags & (ITEM_IN_TEST | ITEM_LOCAL))
		return false;
	if (c->kind == ITEM_MOD)
		return it->kind == ITEM_FN && it->parent == OUTLINE_NONE;
	if (c->kind == ITEM_FN || c->kind == ITEM_MACRO)
		return it->line == c->line && it->kind == c->kind;
	return (it->line == c->line && it->kind == c->kind) ||
	       (it->kind == ITEM_IMPL && span_eq(it->name, c->name));
}

static bool of_closest(const struct teller *t, const struct source *s,
		       uint32_t item)
{
	uint32_t parent = s->outline.item[item].parent;

	return s->outline.item[item].kind == ITEM_FN &&
	       !(s->outline.item[item].flags & ITEM_LOCAL) &&
	       (survey_of_closest(t, item) ||
		(parent != OUTLINE_NONE && survey_of_closest(t, parent)));
}

uint32_t survey_function(const struct teller *t, uint32_t i)
{
	const struct source *s =
		t->s->closest ? survey_source(t->s, t->s->closest->item->file)
			      : NULL;

	for (; s && i < s->outline.count; i++)
		if (of_closest(t, s, i))
			return i;
	return OUTLINE_NONE;
}

enum receiver { NO_SELF, BY_VALUE, BY_REF, BY_MUT };

/* `self: Pin<&mut Self>` */
static enum receiver receiver_type(const struct source *s, uint32_t i)
{
	bool ref = false;

	for (; look_kind(s, i) != TOKEN_COMMA &&
	       look_kind(s, i) != TOKEN_CLOSE_PAREN &&
	       look_kind(s, i) != TOKEN_END;
	     i++) {
		if (look_kind(s, i) == KW_MUT)
			return BY_MUT;
		ref = ref || look_kind(s, i) == TOKEN_AND;
	}
	return ref ? BY_REF : BY_VALUE;
}

static enum receiver receiver_of(const struct source *s, const struct item *fn)
{
	uint32_t i = param_open(s, fn);
	bool ref;

	if (i == LOOK_NONE)
		return NO_SELF;
	ref = look_kind(s, ++i) == TOKEN_AND;
	i += ref;
	i += look_kind(s, i) == TOKEN_LIFETIME;
	if (look_kind(s, i) == KW_MUT)
		return look_kind(s, i + 1) != KW_SELF ? NO_SELF
		       : ref			      ? BY_MUT
						      : BY_VALUE;
	if (look_kind(s, i) != KW_SELF)
		return NO_SELF;
	if (look_kind(s, i + 1) == TOKEN_COLON)
		return receiver_type(s, i + 2);
	return ref ? BY_REF : BY_VALUE;
}

static void say_qualifiers(const struct teller *t)
{
	const struct survey_item *c = t->s->closest->item;

	buf_adds(t->out, "- The closest implementation, ");
	say_item(t, c);
	buf_addf(t->out, ": %u line%s%s%s%s.\n", t->s->closest->lines,
		 text_plural(t->s->closest->lines),
		 c->vis == VIS_PUB ? ", public" : ", not public",
		 c->flags & ITEM_ASYNC ? ", async" : "",
		 c->flags & ITEM_UNSAFE ? ", unsafe" : "");
}

static void say_functions(const struct teller *t)
{
	const struct survey_item *c = t->s->closest->item;
	const struct source *s = survey_source(t->s, c->file);
	uint32_t n = 0, async = 0, by[BY_MUT + 1] = { 0 }, i = 0;

	while ((i = survey_function(t, i)) != OUTLINE_NONE) {
		const struct item *fn = &s->outline.item[i++];

		n++;
		async += (fn->flags & ITEM_ASYNC) != 0;
		by[receiver_of(s, fn)]++;
	}
	if (!n)
		return;
	buf_adds(t->out, "- The closest implementation, ");
	say_item(t, c);
	buf_addf(t->out,
		 ": %u line%s in all; of its %u function%s in that file %u %s "
		 "async, %u take `&self`, %u `&mut self`, %u `self`.\n",
		 t->s->closest->lines, text_plural(t->s->closest->lines), n,
		 text_plural(n), async, async == 1 ? "is" : "are", by[BY_REF],
		 by[BY_MUT], by[BY_VALUE]);
}

/* Traits that every other type has tell nothing. */
static bool everywhere(struct span trait)
{
	static const char *const names[] = {
		"Debug", "Clone", "Copy",  "Default", "PartialEq",  "Eq",
		"Hash",	 "Send",  "Sync",  "Unpin",   "PartialOrd", "Ord",
		"From",	 "AsRef", "Deref", "Borrow",  "DerefMut",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (span_eqs(trait, names[i]))
			return true;
	return false;
}

/* Each trait once. */
static void say_impls(const struct teller *t)
{
	struct span seen[IMPLS_MAX];
	size_t n = 0;

	vec_each (const struct survey_item, it, &t->s->items) {
		bool new = it->trait.len && !everywhere(it->trait) &&
			   n < IMPLS_MAX &&survey_impl_of_closest(t->s, it);

		for (size_t i = 0; new &&i < n; i++)
			new = !span_eq(seen[i], it->trait);
		if (!new)
			continue;
		buf_adds(t->out, n ? ", " : "- It implements ");
		seen[n++] = it->trait;
		quote_code(t->out, it->trait);
		buf_adds(t->out, " (");
		say_place(t, it->file, it->line);
		buf_addc(t->out, ')');
	}
	if (n)
		buf_adds(t->out, ".\n");
}

void survey_closest(const struct teller *t)
{
	if (!t->s->closest)
		return;
	if (t->s->closest->item->kind == ITEM_FN)
		say_qualifiers(t);
	else if (survey_source(t->s, t->s->closest->item->file))
		say_functions(t);
	say_impls(t);
	say_uses(t);
}

/* ---- what its functions return when they fail */

/* The return type, tokens [*from, to); false: none that may fail. */
static bool fallible(const struct source *s, const struct item *fn,
		     uint32_t *from, uint32_t *to)
{
	uint32_t i = param_open(s, fn);

	if (i == LOOK_NONE || !tree_paired(&s->tree, i))
		return false;
	i = s->tree.mate[i] + 1;
	if (look_kind(s, i) != TOKEN_ARROW)
		return false;
	*from = ++i;
	*to = fn->open == OUTLINE_NONE ? fn->last : fn->open;
	for (; i < *to; i++)
		if (look_kind(s, i) == KW_WHERE)
			*to = i;
	for (i = *from; i < *to; i++)
		if (span_ends(lexer_text(&s->lx, i), "Result"))
			return true;
	return false;
}

void survey_returns(const struct teller *t)
{
	const struct source *s;
	struct span seen[RETURNS_MAX];
	uint32_t n = 0, i = 0, from, to;

	while ((i = survey_function(t, i)) != OUTLINE_NONE && n < RETURNS_MAX) {
		const struct item *fn;
		struct span type;
		bool new = true;

		s = survey_source(t->s, t->s->closest->item->file);
		fn = &s->outline.item[i++];
		if (!fallible(s, fn, &from, &to))
			continue;
		type = lexer_range(&s->lx, from, to - 1);
		for (uint32_t k = 0; k < n; k++)
			new = new && !span_eq(seen[k], type);
		if (!new)
			continue;
		buf_adds(t->out, n ? ", "
				   : "- Functions of the closest "
				     "implementation return ");
		seen[n++] = type;
		quote_tokens(t->out, s, from, to);
		buf_adds(t->out, " (");
		say_place(t, t->s->closest->item->file, fn->line);
		buf_addc(t->out, ')');
	}
	if (n)
		buf_adds(t->out, ".\n");
}
