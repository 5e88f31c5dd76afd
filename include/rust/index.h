/*
 * index - where wanted names are defined and used, over the many files of a
 * tree.
 *
 *	index_init(); index_want() and index_count() for what is looked for;
 *	index_add() for each file, nearest first; then index_find() and the
 *	counts.
 *
 * A file is skimmed for the wanted names first; it is lexed only when it may
 * define one, or uses one that is counted. What is found is copied into the
 * index's arena, so a file's text may go once it was added. Total, bounded, no
 * I/O. The same files in another order give the same counts, places and
 * candidates, up to INDEX_KEPT definitions of one name.
 */
#ifndef RUST_INDEX_H
#define RUST_INDEX_H

#include "rust/reference.h"
#include "rust/skim.h"

#define INDEX_KEPT 64u	      /* definitions kept of one name */
#define INDEX_TEXT (4u << 20) /* bytes of text kept of all of them */
#define INDEX_PLACES 5	      /* kept of what is counted, nearest ones */
#define INDEX_CANDIDATES 5    /* more that rank alike are no answer */
#define INDEX_WHOLE 80u	      /* lines of an item that is kept whole */
#define INDEX_HEADER 16u      /* lines of a header that are kept */
#define INDEX_MEMBERS 40u     /* headers kept of what a trait or impl holds */

/* A folder with a Cargo.toml, "" the top one, and the crate's name in code. */
struct index_crate {
	struct span folder, name;
};

/* Whole lines of a file, the first of this number; ends with an LF. */
struct excerpt {
	uint32_t line;
	struct span text;
};

/* One item found. Spans live in the index's arena. */
struct definition {
	enum item_kind kind;
	enum item_vis vis;
	unsigned flags; /* of enum item_flag */
	struct span name;
	struct span path;
	struct span crate;  /* the name of the crate it lies in */
	struct span module; /* "sync::mpsc"; empty: the crate's root */
	struct span owner;  /* of an associated item: the impl's type or the
			     * trait, by its last segment */
	struct span trait;  /* of an impl, or the impl around: the trait's last
			     * segment */
	struct span self_type; /* of an impl, as written */
	bool of_trait;	       /* owner is a trait */
	bool test;	       /* in test code */
	uint32_t lead_line, line, last_line;
	struct excerpt doc;    /* first line of its documentation, or empty */
	struct excerpt header; /* to the `{` or `;`, without attributes */
	struct excerpt around; /* the header of the impl or trait around */
	struct excerpt whole;  /* with docs and attributes; empty when longer
				* than INDEX_WHOLE lines */
	VEC(struct excerpt) members; /* headers of a trait's or impl's items */
	struct definition *next;     /* the same name's next one */
};

/* Where something is used. */
struct index_place {
	struct span path;
	uint32_t line;
	struct span item;  /* the fn around it, or empty */
	unsigned distance; /* 0 the same file, 1 folder, 2 crate, 3 tree */
};

/*
 * How often one name is used, and where. Of a function calls are counted
 * (`f(`, `m::f(`, of an associated one `.f(`, `T::f`), of a macro `m!`, of any
 * other item each mention. Tokens alone: a call of another function of that
 * name counts where nothing tells them apart; `rivals` says how many there are.
 */
struct index_count {
	struct span name, owner, home;
	enum item_kind kind;  /* ITEM_KINDS: the bare word, in text and comments
			       * too */
	uint32_t uses, tests; /* outside of test code, and in it */
	uint32_t files;	      /* that use it */
	uint32_t rivals; /* other definitions of that name, and of that owner */
	struct index_place place[INDEX_PLACES], test[INDEX_PLACES];
	uint32_t places, test_places;
	/* private */
	struct index_count *next; /* of the same word */
	bool in_file;		  /* the one being added uses it */
};

enum index_want {
	INDEX_ITEM = 1, /* items of that name */
	INDEX_IMPL = 2, /* impls of the trait of that name */
};

struct index_name;

/* Init and fill, then read. */
struct index {
	struct arena *arena;
	const struct index_crate *crate;
	size_t crates;
	struct skim skim;
	VEC(struct index_name) names;	      /* as skim.words */
	VEC(struct definition *) definitions; /* in the order of files, lines */
	VEC(struct index_count *) counts;
	VEC(struct span) unread; /* files too long or too deep to be read */
	size_t files, bytes;	 /* skimmed */
	size_t read, read_bytes; /* of those lexed */
	size_t text;		 /* bytes kept */
};

/* The crates are borrowed; any order. */
void index_init(struct index *ix, struct arena *a,
		const struct index_crate *crate, size_t crates);
/*
 * Look for a name from now on. owner: of a name that many types have
 * (names_common) only what this type has is wanted, or empty. Spans are
 * borrowed.
 */
void index_want(struct index *ix, struct span name, unsigned want,
		struct span owner);
/* What references need, but for what index_find() does not answer. */
void index_want_references(struct index *ix, const struct references *refs);
/* Count the uses of an item of the file home. Borrows the spans; the result
 * lives in the arena. NULL: too many names, or none. */
struct index_count *index_count(struct index *ix, struct span name,
				struct span owner, enum item_kind kind,
				struct span home);
/* A file of the tree. The scratch arena is reset. */
void index_add(struct index *ix, struct arena *scratch, struct span path,
	       struct span text);
/* The same for one that was read already. */
void index_add_source(struct index *ix, struct arena *scratch,
		      const struct source *s);

/* The crate that a path lies in, or NULL. */
const struct index_crate *index_crate_at(const struct index *ix,
					 struct span path);

/* A file as the place that references are looked up from. */
struct index_site {
	struct span path, crate;
	struct span module; /* "sync::mpsc"; empty: the crate's root */
	bool test;	    /* a file of tests, benches or examples */
};

/* Borrows the path; the module may live in the arena. */
struct index_site index_site(const struct index *ix, struct arena *a,
			     struct span path);

/* Whom a reference may mean. */
struct index_answer {
	const struct definition *candidate[INDEX_CANDIDATES]; /* best first */
	size_t len;
	size_t known; /* definitions of that name in all */
};

/*
 * Ranked: the same file, the type in front, the module that a path or `use`
 * names, the same crate, public elsewhere; only the best rank's are given, and
 * none when that are more than INDEX_CANDIDATES and no type is in front, or
 * when it is a name that many types have.
 */
void index_find(struct index_answer *out, const struct index *ix,
		const struct reference *r, const struct index_site *from);
/* How far a file is from another: as index_place says. */
unsigned index_distance(const struct index *ix, struct span home,
			struct span path);
/* The last segment of a path, generics aside: "T" of "c::T<U>". */
struct span index_last_segment(struct span path);
/* The first impl of a trait, or item, of that name; then by its `next`. */
const struct definition *index_first(const struct index *ix, struct span name);

#endif
