/* What manifests say, against what a finding says of them. */
#include <string.h>

#include "agent/facts_parts.h"
#include "agent/gather.h"
#include "agent/quote.h"
#include "rust/cargo.h"

/* The crate of the finding's file, when it is one that the change touches. */
static const struct surround_crate *crate_of(const struct fact_look *l)
{
	const struct surround *around = &l->ground->in->surround;
	const struct index_crate *at;

	if (!l->look->file)
		return NULL;
	at = index_crate_at(&around->index, l->look->file->path);
	vec_each (const struct surround_crate, c, &around->crates)
		if (at && span_eq(c->folder, at->folder) && c->manifest)
			return c;
	return NULL;
}

static void say_manifest(struct buf *out, const struct surround_crate *c,
			 unsigned line)
{
	struct buf path = { 0 };

	buf_addsp(&path, c->folder);
	buf_adds(&path, c->folder.len ? "/Cargo.toml" : "Cargo.toml");
	quote_place(out, buf_span(&path), line);
	buf_release(&path);
}

/* Cargo takes `-` and `_` of a crate's name for the same. */
static bool same_crate(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		char x = a.ptr[i] == '-' ? '_' : a.ptr[i];
		char y = b.ptr[i] == '-' ? '_' : b.ptr[i];

		if (x != y)
			return false;
	}
	return true;
}

static const struct dependency *find_dependency(const struct manifest *m,
						struct span name)
{
	vec_each (const struct dependency, d, &m->deps)
		if (same_crate(d->name, name))
			return d;
	return NULL;
}

/* A plain dependency of every build. */
static const struct dependency *plain_dependency(const struct manifest *m,
						 struct span name)
{
	vec_each (const struct dependency, d, &m->deps)
		if (d->kind == DEPENDENCY_NORMAL && !d->target.len &&
		    !span_eqs(d->col[COLUMN_OPTIONAL].text, "yes") &&
		    same_crate(d->name, name))
			return d;
	return NULL;
}

bool fact_dependency(struct fact_look *l, struct buf *fact)
{
	const struct surround_crate *c = crate_of(l);
	const struct dependency *d =
		c ? plain_dependency(c->manifest, l->word) : NULL;

	if (!d)
		return false;
	buf_adds(fact, "it is a dependency: ");
	say_manifest(fact, c, d->line);
	return true;
}

/* Is there a module that a path of this name may mean? */
static bool module_of(const struct fact_look *l, struct span name)
{
	const struct task_input *in = l->ground->in;
	const char *file =
		arena_printf(&l->ground->scratch, "/%.*s.rs", SPAN_ARG(name));
	const char *folder = arena_printf(&l->ground->scratch, "/%.*s/mod.rs",
					  SPAN_ARG(name));

	vec_each (const struct tree_entry, e, &in->code.side.tree.entries)
		if (span_ends(e->path, file) || span_ends(e->path, folder))
			return true;
	vec_each (const struct code_file, f, &task_whole(in)->code.files)
		for (uint32_t i = 0; f->now && i < f->now->outline.count; i++)
			if (f->now->outline.item[i].kind == ITEM_MOD &&
			    span_eq(f->now->outline.item[i].name, name))
				return true;
	return false;
}

/* Does the import take something of the crate, outside of tests? */
static bool imports(const struct source *s, const struct import *im,
		    struct span root)
{
	return span_eq(span_first(im->path, root.len), root) &&
	       (im->path.len == root.len || im->path.ptr[root.len] == ':') &&
	       !source_test(s, im->token);
}

/* Where a source takes something of the crate; NULL: nowhere. */
static const struct import *find_import(const struct source *s,
					struct span root)
{
	for (size_t i = 0; i < s->imports.len; i++)
		if (imports(s, &s->imports.row[i], root))
			return &s->imports.row[i];
	return NULL;
}

/* The name of a crate as code writes it. */
static struct span in_code(struct fact_look *l)
{
	char *root = arena_cstr(&l->ground->scratch, l->word);

	for (char *p = root; *p; p++)
		if (*p == '-')
			*p = '_';
	return span_of(root);
}

/* Every path of the tree and every import is looked at, for each finding. */
static bool can_look_for_use(const struct fact_look *l)
{
	const struct task_input *in = l->ground->in;
	size_t n = in->code.side.tree.entries.len;

	vec_each (const struct code_file, f, &task_whole(in)->code.files)
		n += 1 +
		     (f->now ? f->now->outline.count + f->now->imports.len : 0);
	return ground_afford(l->ground, n * PATH_COST);
}

bool fact_used(struct fact_look *l, struct buf *fact)
{
	const struct task_input *in = l->ground->in;
	const struct surround_crate *c = crate_of(l);
	struct span root = in_code(l);

	if (!c || !plain_dependency(c->manifest, l->word) ||
	    !can_look_for_use(l) || module_of(l, root))
		return false;
	vec_each (const struct code_file, f, &task_whole(in)->code.files) {
		const struct source *s = f->now;
		const struct index_crate *at;
		const struct import *im;

		if (!s || !f->understood || s->role > ROLE_BINARY)
			continue;
		at = index_crate_at(&in->surround.index, s->path);
		im = at && span_eq(at->folder, c->folder) ? find_import(s, root)
							  : NULL;
		if (!im)
			continue;
		buf_adds(fact, "it is used: ");
		quote_place(fact, s->path, s->lx.tok[im->token].line);
		return true;
	}
	return false;
}

/* The finding stands at the manifest itself, which never speaks of it. */
bool fact_no_dependency(struct fact_look *l, struct buf *fact)
{
	const struct surround_crate *c = crate_of(l);
	const struct file_change *f =
		c ? change_file(&l->ground->in->change, l->look->file->path)
		  : NULL;

	if (!f || !span_ends(f->path, "Cargo.toml") || !f->new_text.len ||
	    !c->manifest->whole || c->manifest->bad ||
	    find_dependency(c->manifest, l->word) ||
	    span_find(f->new_text, l->word) >= 0 ||
	    span_find(f->old_text, l->word) >= 0)
		return false;
	say_manifest(fact, c, 0);
	buf_adds(fact, " does not name it");
	return true;
}

/* The crate has a word for one of its small facts, and it is not the claim's.
 */
static bool says_other(struct fact_look *l, enum fact_kind kind,
		       const char *what, struct buf *fact)
{
	const struct surround_crate *c = crate_of(l);
	size_t n = 0;
	const struct fact *own =
		c ? manifest_facts(c->manifest, kind, &n) : NULL;

	if (n != 1 || !own->value.len || span_eqs(own->value, "workspace") ||
	    (l->word.len && !version_compare(own->value, l->word)))
		return false;
	buf_addf(fact, "the %s is ", what);
	quote_short(fact, own->value, 16);
	buf_adds(fact, own->inherited ? ", as the workspace says: " : ": ");
	say_manifest(fact, c, own->line);
	return true;
}

bool fact_edition(struct fact_look *l, struct buf *fact)
{
	return l->word.len && says_other(l, FACT_EDITION, "edition", fact);
}

bool fact_msrv(struct fact_look *l, struct buf *fact)
{
	return l->word.len && says_other(l, FACT_RUST_VERSION, "MSRV", fact);
}

bool fact_has_msrv(struct fact_look *l, struct buf *fact)
{
	return says_other(l, FACT_RUST_VERSION, "MSRV", fact);
}
