/*
 * member - the fields of a struct or union, the variants of an enum, read from
 * the tokens. Total, linear.
 */
#ifndef RUST_MEMBER_H
#define RUST_MEMBER_H

#include "base/vec.h"
#include "rust/source.h"

/* name: without `r#`. [from, to): the tokens behind the name: a field's type, a
 * variant's own fields or value; may be none. */
struct member {
	struct span name;
	uint32_t token; /* the name's */
	uint32_t from, to;
};

struct members {
	VEC(struct member) rows; /* by place */
};

#define MEMBERS_MAX 1000u

/* Those of a struct, union or enum with braces, the first MEMBERS_MAX; none of
 * a tuple struct. */
void item_members_find(struct members *out, struct arena *a,
		       const struct source *s, const struct item *it);
/* The row of that name, or NULL. */
const struct member *item_member_named(const struct members *in,
				       struct span name);

#endif
