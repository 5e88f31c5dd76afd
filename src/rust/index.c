/*
 * What is wanted, and which files are read for it.
 */
#include "rust/index.h"

#include <string.h>

#include "base/arena.h"
#include "rust/index_parts.h"
#include "rust/names.h"

void index_init(struct index *ix, struct arena *a,
		const struct index_crate *crate, size_t crates)
{
	*ix = (struct index){ .arena = a, .crate = crate, .crates = crates };
}

/* The row of a word, made when it is new; NULL: there is no room. */
static struct index_name *demand(struct index *ix, struct span word)
{
	uint32_t n = skim_add(&ix->skim, ix->arena, word);

	if (n == SKIM_NONE)
		return NULL;
	return n < ix->names.len ? &ix->names.ptr[n]
				 : vec_push(&ix->names, ix->arena);
}

struct index_name *index_name(const struct index *ix, struct span word)
{
	uint32_t n = skim_find(&ix->skim, word);

	return n == SKIM_NONE ? NULL : &ix->names.ptr[n];
}

void index_want(struct index *ix, struct span name, unsigned want,
		struct span owner)
{
	struct index_name *n = demand(ix, name);

	if (!n)
		return;
	n->want |= want;
	if (!(want & INDEX_ITEM))
		return;
	if (!owner.len || !names_common(name)) {
		n->any_owner = true;
		return;
	}
	vec_each (struct span, o, &n->owners)
		if (span_eq(*o, owner))
			return;
	*vec_push(&n->owners, ix->arena) = owner;
	demand(ix, owner); /* a file that has it speaks of it */
}

void index_want_references(struct index *ix, const struct references *refs)
{
	vec_each (struct reference, r, &refs->rows)
		if (r->owner.len || !names_common(r->name))
			index_want(ix, r->name, INDEX_ITEM, r->owner);
}

struct index_count *index_count(struct index *ix, struct span name,
				struct span owner, enum item_kind kind,
				struct span home)
{
	struct index_name *n = demand(ix, name);
	struct index_count *c;

	if (!n)
		return NULL;
	c = arena_new(ix->arena, struct index_count);
	c->name = name;
	c->owner = owner;
	c->kind = kind;
	c->home = home;
	c->next = n->counts;
	n->counts = c;
	*vec_push(&ix->counts, ix->arena) = c;
	return c;
}

const struct definition *index_first(const struct index *ix, struct span name)
{
	const struct index_name *n = index_name(ix, name);

	return n ? n->first : NULL;
}

static size_t back_blanks(struct span text, size_t at)
{
	while (at && memchr(" \t\r\n", text.ptr[at - 1], 4))
		at--;
	return at;
}

static struct span word_before(struct span text, size_t at)
{
	size_t from = at;

	while (from && skim_word_byte((unsigned char)text.ptr[from - 1]))
		from--;
	return (struct span){ text.ptr + from, at - from };
}

/* Does the line of this byte begin with `impl`? */
static bool impl_line(struct span text, size_t at)
{
	size_t from = at;
	struct span line;

	while (from && text.ptr[from - 1] != '\n' && at - from < 400)
		from--;
	line = span_trim((struct span){ text.ptr + from, at - from });
	return span_starts(line, "impl") || span_starts(line, "unsafe impl") ||
	       span_starts(line, "for ");
}

bool index_defines(struct span text, struct skim_hit hit)
{
	static const char *const words[] = { "fn",    "struct", "enum",
					     "union", "trait",	"type",
					     "const", "static", "mut",
					     "mod",   "macro",	"impl" };
	size_t at = hit.at, i;
	struct span before;

	if (at > 1 && text.ptr[at - 1] == '#' && text.ptr[at - 2] == 'r')
		at -= 2;
	i = back_blanks(text, at);
	before = word_before(text, i);
	for (size_t k = 0; i < at && k < sizeof(words) / sizeof(*words); k++)
		if (span_eqs(before, words[k]))
			return true;
	if (i && text.ptr[i - 1] == '!')
		return span_eqs(word_before(text, back_blanks(text, i - 1)),
				"macro_rules");
	return impl_line(text, hit.at);
}

static bool counts_tokens(const struct index_name *n)
{
	for (const struct index_count *c = n->counts; c; c = c->next)
		if (c->kind != ITEM_KINDS)
			return true;
	return false;
}

/* May the file have the one of a name that many types have? */
static bool speaks_of_owner(const struct index_file *f,
			    const struct index_name *n)
{
	if (n->any_owner || n->want & INDEX_IMPL)
		return true;
	vec_each (struct span, o, &n->owners)
		if (index_name(f->ix, *o) &&
		    index_name(f->ix, *o)->seen == f->ix->files)
			return true;
	return false;
}

/* Is there more to learn than the skim says? */
static bool worth_reading(const struct index_file *f)
{
	vec_each (struct skim_hit, h, &f->hits.rows) {
		const struct index_name *n = &f->ix->names.ptr[h->word];

		if (counts_tokens(n) ||
		    (n->want && index_defines(f->text, *h) &&
		     speaks_of_owner(f, n)))
			return true;
	}
	return false;
}

static void begin(struct index_file *f, struct index *ix, struct arena *scratch,
		  struct span path, struct span text)
{
	arena_reset(scratch);
	*f = (struct index_file){ .ix = ix,
				  .scratch = scratch,
				  .path = path,
				  .text = text,
				  .role = source_role(path) };
	skim_run(&ix->skim, scratch, text, &f->hits);
	ix->files++;
	ix->bytes += text.len;
	vec_each (struct skim_hit, h, &f->hits.rows)
		ix->names.ptr[h->word].seen = ix->files;
}

static void take(struct index_file *f)
{
	if (f->source->lx.flags & LEXER_LIMIT ||
	    f->source->tree.flags & TREE_DEEP) {
		*vec_push(&f->ix->unread, f->ix->arena) = index_keep_path(f);
		return;
	}
	f->ix->read++;
	f->ix->read_bytes += f->text.len;
	index_define(f);
	index_tally(f);
}

void index_add(struct index *ix, struct arena *scratch, struct span path,
	       struct span text)
{
	struct source s = { .path = path, .role = source_role(path) };
	struct index_file f;

	begin(&f, ix, scratch, path, text);
	index_tally_words(&f);
	if (!worth_reading(&f))
		return;
	lexer_run(&s.lx, scratch, text);
	tree_build(&s.tree, scratch, &s.lx);
	outline_build(&s.outline, scratch, &s.tree);
	f.source = &s;
	take(&f);
}

void index_add_source(struct index *ix, struct arena *scratch,
		      const struct source *s)
{
	struct index_file f;

	begin(&f, ix, scratch, s->path, s->lx.src);
	index_tally_words(&f);
	f.source = s;
	if (f.hits.rows.len)
		take(&f);
}

static bool below(struct span path, struct span folder)
{
	return !folder.len ||
	       (path.len > folder.len && path.ptr[folder.len] == '/' &&
		!memcmp(path.ptr, folder.ptr, folder.len));
}

const struct index_crate *index_crate_at(const struct index *ix,
					 struct span path)
{
	const struct index_crate *best = NULL;

	for (size_t i = 0; i < ix->crates; i++)
		if (below(path, ix->crate[i].folder) &&
		    (!best || ix->crate[i].folder.len > best->folder.len))
			best = &ix->crate[i];
	return best;
}

struct span index_crate_of(const struct index *ix, struct span path)
{
	const struct index_crate *c = index_crate_at(ix, path);

	return c ? c->name : (struct span){ 0 };
}

/* The parts of a path behind the crate's folder and src/, without `.rs`; what
 * Cargo and rustc give no module of its own is left out. */
static struct span module_path(const struct index *ix, struct span path)
{
	static const char *const ends[] = { "lib", "main", "mod" };
	const struct index_crate *c = index_crate_at(ix, path);

	if (c && c->folder.len)
		path = span_from(path, c->folder.len + 1);
	if (span_starts(path, "src/"))
		path = span_from(path, 4);
	if (span_ends(path, ".rs"))
		path.len -= 3;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (span_ends(path, ends[i]) &&
		    (path.len == n || path.ptr[path.len - n - 1] == '/'))
			path.len -= path.len == n ? n : n + 1;
	}
	return path;
}

struct index_site index_site(const struct index *ix, struct arena *a,
			     struct span path)
{
	struct span parts = module_path(ix, path), part;
	enum source_role role = source_role(path);
	char *p = arena_alloc(a, 2 * parts.len + 1);
	size_t n = 0;

	while (text_field(&parts, '/', &part)) {
		memcpy(p + n, "::", n ? 2 : 0);
		n += n ? 2 : 0;
		memcpy(p + n, part.ptr, part.len);
		n += part.len;
	}
	return (struct index_site){
		.path = path,
		.crate = index_crate_of(ix, path),
		.module = { p, n },
		.test = role == ROLE_TEST || role == ROLE_BENCH ||
			role == ROLE_EXAMPLE,
	};
}
