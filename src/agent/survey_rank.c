/*
 * Which items a request speaks of, and how much.
 *
 * A term counts by its rarity in the tree. Of an item each place where a term
 * stands makes it likelier that the item is about it: the name most, then the
 * file's name, the documentation, the members, the signature, the body; the
 * strengths are combined as independent chances. Figures were set on requests
 * for large projects whose answer was known beforehand.
 */
#include "agent/survey_parts.h"

#define BIT(t) ((uint32_t)1 << (t))
/* A word in comments alone, or in a few bodies, names nothing of the tree. */
#define UNNAMED 0.5
/* What the members of a word's family weigh, however common they are: the word
 * itself tells much. */
#define FAMILY 4

static const struct survey_file *file_of(const struct survey *s,
					 const struct survey_item *it)
{
	return &s->files.ptr[it->file];
}

/* ---- the terms' weights */

/* About the logarithm of base 2, from 1 on; the same on every machine. */
static double log_two(double x)
{
	double n = 0;

	for (; x >= 2; x /= 2)
		n++;
	return n + x - 1;
}

static uint32_t in_path(const struct survey_file *f)
{
	return f->stem | f->near | f->folder;
}

static void count(struct survey *s)
{
	vec_each (struct survey_file, f, &s->files) {
		uint32_t mask = f->any | in_path(f);

		s->named |= in_path(f);
		for (size_t t = 0; mask; t++, mask >>= 1)
			s->found[t] += mask & 1;
	}
	vec_each (struct survey_item, it, &s->items)
		s->named |= it->mark.name | it->mark.weak;
}

/* The others of a family count where the word itself names nothing; then they
 * take its place. */
static bool asked(const struct survey *s, size_t t)
{
	const struct term *term = &s->terms.term.ptr[t];

	if (term->kind == TERM_FAMILY)
		return !(s->named & BIT(term->of));
	vec_each (struct term, other, &s->terms.term)
		if (other->kind == TERM_FAMILY && other->of == t &&
		    s->named & BIT(other - s->terms.term.ptr))
			return s->named & BIT(t);
	return true;
}

void survey_weigh(struct survey *s)
{
	count(s);
	for (size_t t = 0; t < s->terms.term.len; t++) {
		const struct term *term = &s->terms.term.ptr[t];

		s->pairs |= term->kind == TERM_PAIR ? BIT(t) : 0;
		if (!s->found[t] || !asked(s, t))
			continue;
		s->weight[t] = term->weight *
			       log_two(1 + (double)s->read / s->found[t]);
		/* rare words are told apart less by how rare they are */
		if (s->weight[t] > 4)
			s->weight[t] = 4 + (s->weight[t] - 4) / 3;
		if (!(s->named & BIT(t)))
			s->weight[t] *= UNNAMED;
		if (term->kind == TERM_FAMILY)
			s->weight[t] = term->weight * FAMILY;
	}
}

/* ---- how much a unit is what the request speaks of */

/* p, as often as n says but at most four times; n may be broken. */
static double repeated(double p, double n)
{
	double all = 1;

	for (n = n < 4 ? n : 4; n >= 1; n--)
		all *= p;
	return all * (1 - (1 - p) * n);
}

/* How many of a type's functions speak of a term, less where they are few
 * among many. */
static double share(const struct survey_unit *u, uint8_t n)
{
	double part = u->held ? 10.0 * n / u->held : 1;

	return n * (part < 0.1 ? 0.1 : part > 1 ? 1 : part);
}

/* A module's own name is its file's. */
static double path_chance(const struct survey_file *f, bool module,
			  uint32_t bit)
{
	double no = 1;

	if (f->stem & bit && !module)
		no *= 0.7;
	if (f->near & bit)
		no *= 0.8;
	if (f->folder & bit)
		no *= 0.85;
	if (f->doc & bit)
		no *= 0.85;
	return no;
}

static unsigned bits(uint32_t mask)
{
	unsigned n = 0;

	for (; mask; mask &= mask - 1)
		n++;
	return n;
}

/* How much of the name's words the request speaks of. */
static double whole(const struct survey *s, const struct survey_unit *u)
{
	unsigned told = bits((u->mark.name | u->mark.weak) & ~s->pairs);

	if (told >= u->item->parts)
		return 1;
	return 0.6 + 0.4 * told / u->item->parts;
}

static double chance(const struct survey *s, const struct survey_unit *u,
		     size_t t)
{
	uint32_t bit = BIT(t);
	double no = path_chance(file_of(s, u->item), u->item->kind == ITEM_MOD,
				bit);
	bool head = u->mark.head & bit;

	if (u->mark.name & bit)
		no *= 1 - (head ? 0.75 : 0.6) * whole(s, u);
	else if (u->mark.weak & bit)
		no *= 1 - (head ? 0.45 : 0.35) * whole(s, u);
	if (u->mark.doc & bit)
		no *= 0.65;
	if (u->mark.header & bit)
		no *= 0.8;
	no *= repeated(0.8, share(u, u->member_names[t]));
	no *= repeated(0.93, share(u, u->member_docs[t]));
	if (u->members.header & bit)
		no *= 0.85;
	if ((u->members.body | u->mark.body) & bit)
		no *= 0.92;
	if (u->owner) {
		const struct survey_mark *m = &u->owner->mark;

		no *= (m->name | m->weak) & bit ? 0.6 : m->doc & bit ? 0.85 : 1;
	}
	return 1 - no;
}

/* Names whose last word says that they only go along with what is asked for. */
static bool accessory(struct span name)
{
	static const char *const words[] = {
		"Error",    "Config", "Options", "Opts",    "Builder",
		"Args",	    "Params", "Metrics", "Stats",   "Kind",
		"Type",	    "Id",     "Guard",	 "Iter",    "Ext",
		"Info",	    "Meta",   "Key",	 "Result",  "Request",
		"Response", "Test",   "Mock",	 "Context", "Settings",
		"Event",    "Future", "Value",	 "Ref",	    "Configuration",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_ends(name, words[i]))
			return true;
	return span_find(name, SPAN("Config")) >= 0;
}

static bool has_functions(enum item_kind kind)
{
	return kind == ITEM_STRUCT || kind == ITEM_ENUM || kind == ITEM_UNION;
}

/* A folder of what only hands the crate on to another language. */
static bool binding(struct span path)
{
	static const char *const folders[] = { "python",   "py",     "ffi",
					       "node",	   "nodejs", "wasm",
					       "uniffi",   "jni",    "java",
					       "bindings", "capi",   "ruby" };
	struct span part;

	while (text_field(&path, '/', &part))
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			if (path.len && span_eqs(part, folders[i]))
				return true;
	return false;
}

static double prior(const struct survey *s, const struct survey_unit *u)
{
	static const double kinds[ITEM_KINDS] = {
		[ITEM_FN] = 0.65,    [ITEM_STRUCT] = 1,	  [ITEM_ENUM] = 0.9,
		[ITEM_UNION] = 0.8,  [ITEM_TRAIT] = 0.95, [ITEM_TYPE] = 0.5,
		[ITEM_CONST] = 0.35, [ITEM_STATIC] = 0.4, [ITEM_MACRO] = 0.6,
		[ITEM_IMPL] = 0.9,   [ITEM_MOD] = 0.65,
	};
	const struct survey_file *f = file_of(s, u->item);
	double p = kinds[u->item->kind];
	uint32_t lines = u->lines < 40 ? u->lines : 40;

	if (u->item->vis == VIS_PUB)
		p *= 1.1;
	if (f->role == ROLE_EXAMPLE || f->role == ROLE_BUILD)
		p *= 0.6;
	if (f->generated || f->vendored)
		p *= 0.3;
	if (binding(f->entry->path) && !(f->folder | f->near))
		p *= 0.6;
	if (span_find(f->entry->path, SPAN("test")) >= 0)
		p *= 0.6;
	if (has_functions(u->item->kind) && !u->held)
		p *= 0.75;
	if (accessory(u->item->name) && !u->mark.head)
		p *= 0.7;
	if (!(u->mark.name | u->mark.weak | u->mark.doc))
		p *= 0.85;
	/* too much of everything to be an example */
	p *= u->lines > 2500 ? 0.65 : u->lines > 1000 ? 0.8 : 1;
	if (u->item->kind == ITEM_FN && u->lines < 10)
		p *= 0.75;
	return p * (0.7 + 0.3 * lines / 40);
}

void survey_score(const struct survey *s, struct survey_unit *u)
{
	double sum = 0, met = 0, all = 0;

	for (size_t t = 0; t < s->terms.term.len; t++) {
		double yes;

		if (s->weight[t] <= 0)
			continue;
		yes = chance(s, u, t);
		sum += s->weight[t] * yes;
		if (!(s->pairs & BIT(t))) {
			all += s->weight[t];
			met += s->weight[t] * (yes < 0.4 ? yes / 0.4 : 1);
		}
		if (yes > 0.1)
			u->terms |= BIT(t);
	}
	u->score =
		all > 0 ? sum / all * (0.5 + 0.5 * met / all) * prior(s, u) : 0;
}
