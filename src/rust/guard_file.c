/*
 * What a file says of the types that its guards could be of: the locks it
 * names, and its own functions that return a guard. Total, linear but for
 * sorting.
 */
#include "rust/guard_parts.h"

#include <stdlib.h>

static bool contains(struct span s, const char *word)
{
	return span_find(s, span_of(word)) >= 0;
}

/* std's bits as those of another family. */
static unsigned of_family(unsigned std, enum lock_family family)
{
	return std << 2 * ((unsigned)family - (unsigned)LOCK_POISONING);
}

/* What the type or module at this path stands for. */
static unsigned named_by(struct span path)
{
	static const struct {
		const char *path;
		unsigned bit;
	} types[] = {
		{ "std::cell::RefCell", NAMED_REFCELL },
		{ "core::cell::RefCell", NAMED_REFCELL },
		{ "std::borrow::Borrow", NAMED_OTHER_BORROW },
		{ "std::borrow::BorrowMut", NAMED_OTHER_BORROW },
		{ "core::borrow::Borrow", NAMED_OTHER_BORROW },
		{ "core::borrow::BorrowMut", NAMED_OTHER_BORROW },
		{ "std::sync::Condvar", NAMED_CONDVAR },
		{ "parking_lot::Condvar", NAMED_CONDVAR },
	};
	enum lock_family family = names_lock_family(path);
	unsigned bits = 0;

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (span_eqs(path, types[i].path))
			bits |= types[i].bit;
	if (span_starts(path, "tokio::sync::watch"))
		bits |= NAMED_WATCH;
	if (span_starts(path, "tracing"))
		bits |= NAMED_TRACING;
	if (family == LOCK_UNKNOWN)
		return bits;
	if (contains(path, "Mutex"))
		bits |= of_family(NAMED_STD_MUTEX, family);
	if (contains(path, "RwLock"))
		bits |= of_family(NAMED_STD_RWLOCK, family);
	return bits;
}

/* A glob brings every type of its module. */
static unsigned named_by_glob(struct span path)
{
	enum lock_family family = names_lock_family(path);
	unsigned bits = named_by(path);

	if (family != LOCK_UNKNOWN)
		bits |= of_family(NAMED_STD_MUTEX | NAMED_STD_RWLOCK, family);
	if (span_eqs(path, "std::cell") || span_eqs(path, "core::cell"))
		bits |= NAMED_REFCELL;
	return bits;
}

/* The words whose full path is worth a look. */
static bool telling(struct span word)
{
	return contains(word, "Mutex") || contains(word, "RwLock") ||
	       span_eqs(word, "RefCell") || span_eqs(word, "Condvar") ||
	       span_eqs(word, "watch") || span_eqs(word, "BorrowMut");
}

static void read_names(struct guard_file *f)
{
	const struct source *s = f->s;
	const struct imports *in = &s->imports;

	for (size_t i = 0; i < in->len; i++)
		f->named |= span_eqs(in->row[i].name, "*")
				    ? named_by_glob(in->row[i].path)
				    : named_by(in->row[i].path);
	for (uint32_t i = 1; i < s->lx.count; i++) {
		struct span word;

		if (look_kind(s, i) != TOKEN_IDENT)
			continue;
		word = lexer_text(&s->lx, i);
		if (span_eqs(word, "RefCell"))
			f->named |= NAMED_REFCELL;
		else if (span_eqs(word, "tracing"))
			f->named |= NAMED_TRACING;
		else if (look_kind(s, i - 1) == TOKEN_PATH_SEP && telling(word))
			f->named |= named_by(look_path(s, f->arena, i));
	}
}

enum lock_family guard_family(const struct guard_file *f, uint32_t i)
{
	const struct imports *in = &f->s->imports;
	struct span path = look_path(f->s, f->arena, i);
	enum lock_family family = names_lock_family(path);

	if (family != LOCK_UNKNOWN || contains(path, "::"))
		return family;
	/* by a glob */
	for (size_t k = 0; k < in->len && family == LOCK_UNKNOWN; k++)
		if (span_eqs(in->row[k].name, "*"))
			family = names_lock_family(in->row[k].path);
	return family;
}

int guard_type(const struct guard_file *f, uint32_t i, const char **of)
{
	struct span word = lexer_text(&f->s->lx, i), path;
	enum lock_family family;

	if (look_kind(f->s, i) != TOKEN_IDENT)
		return -1;
	if (span_ends(word, "Guard") &&
	    (contains(word, "Mutex") || contains(word, "RwLock"))) {
		family = guard_family(f, i);
		*of = family == LOCK_PLAIN ? "parking_lot" : "std";
		return family == LOCK_POISONING || family == LOCK_PLAIN
			       ? GUARD_LOCK
			       : -1;
	}
	if (span_eqs(word, "Ref") || span_eqs(word, "RefMut")) {
		path = look_path(f->s, f->arena, i);
		*of = "RefCell";
		return span_starts(path, "std::cell::") ||
				       span_starts(path, "core::cell::")
			       ? GUARD_REFCELL
			       : -1;
	}
	if (span_eqs(word, "Entered") || span_eqs(word, "EnteredSpan")) {
		path = look_path(f->s, f->arena, i);
		*of = "tracing";
		return span_starts(path, "tracing") ? GUARD_SPAN : -1;
	}
	return -1;
}

/* The last segment of the type that a fn returns, when it is a path. */
static uint32_t returned_type(const struct source *s, const struct item *it)
{
	uint32_t i = it->key,
		 end = it->open == OUTLINE_NONE ? it->last : it->open;

	while (i < end && look_kind(s, i) != TOKEN_ARROW)
		i = s->tree.mate[i] + 1;
	i++;
	if (look_kind(s, i) == TOKEN_PATH_SEP)
		i++;
	while (i + 2 < end && lexer_any_word(look_kind(s, i)) &&
	       look_kind(s, i + 1) == TOKEN_PATH_SEP)
		i += 2;
	return i < end ? i : GUARD_NONE;
}

int guard_returned(const struct guard_file *f, const struct item *it,
		   const char **of)
{
	uint32_t type = returned_type(f->s, it);

	return it->flags & ITEM_ASYNC || type == GUARD_NONE
		       ? -1
		       : guard_type(f, type, of);
}

static int by_name(const void *x, const void *y)
{
	const struct guard_giver *a = x, *b = y;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int c = n ? memcmp(a->name.ptr, b->name.ptr, n) : 0;

	if (!c)
		c = (a->name.len > b->name.len) - (a->name.len < b->name.len);
	return c ? c : (a->type > b->type) - (a->type < b->type);
}

static void read_givers(struct guard_file *f)
{
	const struct outline *o = &f->s->outline;
	bool any = false;
	const char *of;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];
		struct guard_giver *row;
		uint32_t type;

		if (it->kind != ITEM_FN)
			continue;
		type = guard_returned(f, it, &of) < 0 ? GUARD_NONE
						      : returned_type(f->s, it);
		any |= type != GUARD_NONE;
		row = vec_push(&f->givers, f->arena);
		*row = (struct guard_giver){ it->name, type };
	}
	if (any)
		qsort(f->givers.ptr, f->givers.len, sizeof(*f->givers.ptr),
		      by_name);
	else
		f->givers.len = 0;
}

void guard_file_read(struct guard_file *f)
{
	read_names(f);
	read_givers(f);
	guard_declared_read(f);
}
