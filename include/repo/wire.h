/*
 * wire - what goes through the pipe between the program and its worker.
 *
 * Private to this floor. One function describes a struct for both directions:
 * with `to` set it appends, otherwise it takes from `from`. Taking is total:
 * any bytes, every length and count checked against what is left; the first
 * wrong one sets `bad`, after which nothing more is taken and values are zero.
 * Spans and strings taken are borrowed from the message. Both ends are the
 * same program, so numbers are in the machine's order.
 */
#ifndef REPO_WIRE_H
#define REPO_WIRE_H

#include "base/buf.h"
#include "repo/repo.h"

struct wire {
	struct buf *to;
	struct span from;
	struct arena *arena; /* arrays taken live here */
	bool bad;
};

void wire_bool(struct wire *w, bool *v);
void wire_u32(struct wire *w, uint32_t *v);
void wire_u64(struct wire *w, uint64_t *v);
void wire_size(struct wire *w, size_t *v);
void wire_span(struct wire *w, struct span *s);
/* NULL stays NULL; a NUL inside is bad. */
void wire_cstr(struct wire *w, const char **s);
/* 40 hex digits, or "". */
void wire_id(struct wire *w, char (*id)[41]);
/* A number below n. */
void wire_enum(struct wire *w, unsigned *v, unsigned n);
/* How many items follow, each of at least `least` bytes. */
void wire_count(struct wire *w, size_t *n, size_t least);

#define wire_vec(w, v, least, item)                                \
	do {                                                       \
		size_t n_ = (v)->len;                              \
		wire_count((w), &n_, (least));                     \
		if (!(w)->to) {                                    \
			(v)->ptr = arena_array((w)->arena, n_,     \
					       sizeof(*(v)->ptr)); \
			(v)->len = (v)->cap = n_;                  \
		}                                                  \
		for (size_t i_ = 0; i_ < n_ && !(w)->bad; i_++)    \
			item((w), &(v)->ptr[i_]);                  \
		if ((w)->bad)                                      \
			(v)->len = 0;                              \
	} while (0)

/* The first word of every question. */
enum question {
	ASK_OPEN, /* the first, answered by nothing */
	ASK_RESOLVE,
	ASK_DIFF,
	ASK_COMMITS,
	ASK_INTENT,
	ASK_GUIDES,
	ASK_TREE,
	ASK_BLOB,
	ASK_BLOBS,
	ASK_FILE,
	ASK_HASH,
	ASK_CONFIG,
	ASK_INFO,
	ASK_BASES,
	QUESTION_COUNT
};

/* A struct base_want takes at least this. */
#define WANT_BYTES (3 * sizeof(uint64_t) + 1)

/* What ASK_OPEN carries. */
struct place {
	const char *cwd; /* absolute */
	const char *dir; /* relative to cwd, or NULL */
	struct repo_limits limits;
};

void wire_place(struct wire *w, struct place *p);
void wire_error(struct wire *w, struct error *err);
void wire_spec(struct wire *w, struct rev_spec *s);
void wire_range(struct wire *w, struct rev_range *r);
void wire_change(struct wire *w, struct change *c);
void wire_commits(struct wire *w, struct commit_list *l);
void wire_guides(struct wire *w, struct guide_list *l);
void wire_rules(struct wire *w, struct guide_rules *r);
void wire_tree(struct wire *w, struct tree_list *l);
void wire_config(struct wire *w, struct config_list *l);
void wire_info(struct wire *w, struct repo_info *i);
void wire_want(struct wire *w, struct base_want *b);
void wire_base(struct wire *w, struct base *b);

#endif
