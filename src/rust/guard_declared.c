/*
 * Locks by the types they are declared with: `tables: RwLock<…>` of a field,
 * `m: &Arc<Mutex<T>>` of a parameter, `static S: OnceLock<Mutex<T>>`. In a file
 * that names locks of several families the receiver's own type says which one
 * it is. Total; linear but for sorting.
 */
#include "rust/guard_parts.h"

#include <stdlib.h>
#include <string.h>

/* Pointers and cells around a lock, one within the other. */
#define WRAPPED 6

static bool wraps(struct span type)
{
	static const char *const words[] = { "Arc",	 "Rc",	     "Box",
					     "OnceCell", "OnceLock", "Lazy",
					     "LazyLock", "LazyCell" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_eqs(type, words[i]))
			return true;
	return false;
}

/* Before the `&`, `'a` and `mut` in front of a type whose path starts at i. */
static uint32_t before_reference(const struct source *s, uint32_t i)
{
	while (i > 0 && (look_kind(s, i - 1) == TOKEN_AND ||
			 look_kind(s, i - 1) == TOKEN_LIFETIME ||
			 look_kind(s, i - 1) == KW_MUT))
		i--;
	return i;
}

/* The name that is declared with the type whose last word is at i; or
 * GUARD_NONE. */
static uint32_t declares(const struct source *s, uint32_t i)
{
	for (unsigned depth = 0; depth < WRAPPED; depth++) {
		i = before_reference(s, look_path_start(s, i));
		if (i < 2)
			return GUARD_NONE;
		if (look_kind(s, i - 1) == TOKEN_COLON)
			return lexer_name(look_kind(s, i - 2)) ? i - 2
							       : GUARD_NONE;
		if (look_kind(s, i - 1) != TOKEN_LESS ||
		    !wraps(lexer_text(&s->lx, i - 2)))
			return GUARD_NONE;
		i -= 2;
	}
	return GUARD_NONE;
}

static int compare(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_name(const void *x, const void *y)
{
	const struct guard_lock *a = x, *b = y;

	return compare(a->name, b->name);
}

void guard_declared_read(struct guard_file *f)
{
	const struct source *s = f->s;

	for (uint32_t i = 2; i + 1 < s->lx.count; i++) {
		struct span word;
		uint32_t name;

		if (look_kind(s, i) != TOKEN_IDENT ||
		    look_kind(s, i + 1) != TOKEN_LESS)
			continue;
		word = lexer_text(&s->lx, i);
		if (!span_eqs(word, "Mutex") && !span_eqs(word, "RwLock"))
			continue;
		name = declares(s, i);
		if (name != GUARD_NONE)
			*vec_push(&f->locks, f->arena) =
				(struct guard_lock){ lexer_word(&s->lx, name),
						     guard_family(f, i) };
	}
	if (f->locks.len)
		qsort(f->locks.ptr, f->locks.len, sizeof(*f->locks.ptr),
		      by_name);
}

enum lock_family guard_declared_family(const struct guard_file *f, uint32_t dot)
{
	size_t from = 0, to = f->locks.len;
	enum lock_family family;
	struct span name;

	if (!to || !dot || !lexer_name(look_kind(f->s, dot - 1)))
		return LOCK_UNKNOWN;
	name = lexer_word(&f->s->lx, dot - 1);
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (compare(f->locks.ptr[mid].name, name) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	if (from == f->locks.len || !span_eq(f->locks.ptr[from].name, name))
		return LOCK_UNKNOWN;
	family = f->locks.ptr[from].family;
	for (; from < f->locks.len; from++) {
		if (!span_eq(f->locks.ptr[from].name, name))
			break;
		if (f->locks.ptr[from].family != family)
			return LOCK_UNKNOWN;
	}
	return family;
}
