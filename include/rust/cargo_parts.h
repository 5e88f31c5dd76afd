/* cargo_parts - what the files of the room `cargo` share; not for callers. */
#ifndef RUST_CARGO_PARTS_H
#define RUST_CARGO_PARTS_H

#include "rust/cargo.h"

int span_order(struct span a, struct span b);
/* The elements of an array of strings, with commas; else a scalar's text. */
struct span join_toml(struct arena *a, const struct toml *v);
typedef int (*order_fn)(const void *a, const void *b);
/* Sorted, equal ones in the order they had; where it lies now. */
void *sort_stable(struct arena *a, void *ptr, size_t len, size_t size,
		  order_fn order);
/* Drop what equals the element before it; how many are left. */
size_t drop_repeated(void *ptr, size_t len, size_t size, order_fn order);

/* Where it lies then there is room for no more. */
#define SORT_UNIQUE(v, a, order)                                            \
	((v)->ptr = sort_stable((a), (v)->ptr, (v)->len, sizeof(*(v)->ptr), \
				(order)),                                   \
	 (v)->len = drop_repeated((v)->ptr, (v)->len, sizeof(*(v)->ptr),    \
				  (order)),                                 \
	 (v)->cap = (v)->len)

/* The first element, and something else to point at where there is none. */
#define FIRST(v, none) ((v)->len ? (v)->ptr : (none))

int fact_order(const void *a, const void *b);
int dependency_order(const void *a, const void *b);
int package_order(const void *a, const void *b);
int word_order(const void *a, const void *b);
/* 0 for what code sees, so that moves are found among those. */
int dependency_class(enum dependency_kind kind);

void facts_collect(struct manifest *m, struct arena *a,
		   const struct toml *root);
void dependencies_collect(struct manifest *m, struct arena *a,
			  const struct toml *root);

struct cargo_change *change_add(struct cargo_changes *out, struct arena *a,
				enum cargo_subject subject, enum cargo_op op,
				struct span name);
void changes_sort(struct cargo_changes *out, struct arena *a);
/* Fill in level and down from old and new. */
void change_level(struct cargo_change *c);

#endif
