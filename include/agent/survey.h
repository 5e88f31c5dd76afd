/*
 * survey - what a tree holds that a request's words speak of, and what new code
 * in it must fit: crates and modules, items and traits, the closest existing
 * implementation, errors, runtime, locks, channels, dependencies, tests.
 *
 * By tokens and names alone. Each Rust file is read once, into memory that the
 * next one takes over; the few that matter are read again and kept. Bounded:
 * what was not read is counted and said.
 */
#ifndef AGENT_SURVEY_H
#define AGENT_SURVEY_H

#include "agent/terms.h"
#include "base/error.h"
#include "repo/repo.h"
#include "rust/cargo.h"
#include "rust/census.h"
#include "rust/index.h"

/* Bytes of Rust read; the files whose path the request names come first. */
#define SURVEY_BYTES (24u << 20)
/* Files read again and kept, and their bytes. */
#define SURVEY_SOURCES 24u
#define SURVEY_SOURCE_BYTES (1u << 20)
#define SURVEY_CRATES 400u /* manifests read */
#define SURVEY_UNITS 24u   /* kept of those that match */
#define SURVEY_MEMBERS 8u  /* matching functions kept of a type */
#define SURVEY_ITEMS 200000u
#define SURVEY_FACTS 50000u

#define SURVEY_NONE UINT32_MAX

struct survey_crate {
	struct span folder; /* "" the top one */
	struct span path;   /* of its Cargo.toml */
	struct span name;   /* of the package; empty: a workspace alone */
	const struct manifest *manifest; /* what it inherits filled in */
	uint32_t files, read;		 /* Rust files */
	uint32_t public_items;
	uint32_t tests;		       /* test functions beside the code */
	uint32_t outer_tests;	       /* those of its tests/ */
	uint32_t role[ROLE_BUILD + 1]; /* files, by what Cargo builds */
	double score;
};

/* One Rust file of the tree. */
struct survey_file {
	const struct tree_entry *entry;
	uint32_t crate;	    /* index, or SURVEY_NONE */
	struct span module; /* "sync::mpsc"; empty: the crate's root */
	enum source_role role;
	bool read, understood, generated, vendored;
	uint32_t lines, public_items;
	struct span about; /* first line of its documentation, or empty */
	/* masks of terms */
	uint32_t stem;	 /* in the file's own name, or its folder's when that
			  * is mod.rs or lib.rs */
	uint32_t near;	 /* in the part before that one */
	uint32_t folder; /* in the rest of the path */
	uint32_t doc;	 /* in its documentation as a module */
	uint32_t any;	 /* anywhere in the text */
	double score;
	double related; /* to the closest implementation: 0 is not at all */
};

/* Which terms speak of an item, by where: masks. */
struct survey_mark {
	uint32_t name, weak; /* weak: by derivation or synonym */
	uint32_t head;	     /* at the name's end, of `name` or `weak` */
	uint32_t doc;
	uint32_t header; /* signature, fields, variants, attributes */
	uint32_t body;
};

struct survey_item {
	enum item_kind kind;
	enum item_vis vis;
	unsigned flags; /* of enum item_flag */
	uint32_t file;
	uint32_t lead_line, line, last_line;
	struct span name;
	struct span owner; /* of an associated one, an impl: the type's name, or
			    * the trait's */
	struct span trait; /* of an impl, or of the impl around: its last
			    * segment */
	bool of_trait;	   /* owner is a trait */
	uint32_t held;	   /* functions in it: of an impl, a trait */
	uint32_t parts;	   /* words that the name is made of */
	struct survey_mark mark;
};

/* An item that stands for itself: a type with what its impls hold, a trait, a
 * function or macro; also the impls of a type of another crate, and a function
 * of a type too large to be an example itself. */
struct survey_unit {
	const struct survey_item *item; /* where it is defined */
	struct survey_mark mark;	/* its own */
	struct survey_mark members;	/* all its members' */
	uint8_t member_names[TERMS_MAX], member_docs[TERMS_MAX];
	const struct survey_item *member[SURVEY_MEMBERS]; /* best first */
	uint32_t shown;					  /* of these */
	uint32_t matched; /* members that match by name or documentation */
	uint32_t lines;	  /* with its impls */
	uint32_t held;	  /* functions it has in all */
	uint32_t terms;	  /* mask of all */
	double score;
	const struct survey_unit *owner; /* of a function: its large type */
	struct survey_unit *next;	 /* of that name */
};

struct survey_units {
	struct survey_unit **ptr;
	size_t len, cap;
};

/* A row of the census with its file; not of test code, benches or examples,
 * but for the tests themselves. */
struct survey_fact {
	enum census_kind kind;
	uint32_t file, line;
	struct span name, detail;
	uint32_t named, terms; /* of tests: masks of those in its name; in its
				* body, its documentation too */
};

/* What the declaration of a module, `mod x;`, says of it. */
struct survey_module {
	uint32_t file, line; /* where it is declared */
	struct span module;  /* "sync::mpsc" */
	struct span gate;    /* `#[cfg(feature = "rt")]`, `cfg_rt!`, or empty */
	struct span about;   /* first line of its documentation, or empty */
};

/* A file that was kept. */
struct survey_source {
	uint32_t file;
	const struct source *source;
};

struct survey {
	struct terms terms;
	uint32_t found[TERMS_MAX]; /* Rust files that mention it */
	uint32_t named; /* mask: those in a name or path of the tree */
	uint32_t pairs; /* mask: of that kind */
	double weight[TERMS_MAX];	 /* with its rarity; 0: tells nothing */
	VEC(struct survey_crate) crates; /* by folder */
	VEC(struct survey_file) files;	 /* by path */
	VEC(struct survey_item) items;
	VEC(struct survey_fact) facts;
	VEC(struct survey_module) modules; /* gated or documented there */
	struct survey_units units; /* best first, at most SURVEY_UNITS */
	size_t matched;		   /* units that match at all */
	const struct survey_unit *closest; /* existing implementation, or
					    * NULL */
	/* uses of it in other files that may name it; NULL: not counted */
	const struct index_count *uses;
	uint32_t uses_files;
	struct index index;
	VEC(struct survey_source) sources;
	uint32_t read, left_out, damaged; /* files */
	size_t bytes;			  /* of those read */
	bool full; /* a bound was met: more items or facts than are kept */
};

/*
 * Survey the tree. Files of credentials are never read. Only repository errors
 * fail.
 */
int survey_take(struct survey *out, struct arena *a, struct repo *r,
		const struct tree_list *tree, struct span request,
		struct error *err);

struct survey_items {
	const struct survey_item **ptr;
	size_t len, cap;
};

/* Traits of the tree that a design touches: those that the closest
 * implementation's type implements, then those that match well; at most
 * eight. */
void survey_traits(struct survey_items *out, struct arena *a,
		   const struct survey *s);
/* The packages, those that hold what matches first, the closest
 * implementation's before all; *n is how many concern a design: those that hold
 * something that matches, else all. An array of s->crates.len. */
const struct survey_crate **survey_packages(struct arena *a,
					    const struct survey *s, size_t *n,
					    size_t *all);
/* Is it an impl of the closest implementation's type? */
bool survey_impl_of_closest(const struct survey *s,
			    const struct survey_item *it);
/* The first line of an item's or module's documentation, or empty. */
struct span survey_about(const struct survey *s, const struct survey_item *it);

/* Rows of the census that say the same, and where they are. */
struct survey_group {
	enum census_kind kind;
	struct span name, detail;
	uint32_t count, files;
	const struct survey_fact *near[3]; /* to the closest implementation */
	uint32_t nears;
	unsigned distance; /* of the nearest one: survey_distance() */
};

struct survey_groups {
	VEC(struct survey_group) rows; /* nearest first, then by count */
};

void survey_group(struct survey_groups *out, struct arena *a,
		  const struct survey *s, enum census_kind kind);

/* `#[cfg(…)]` of an item, or the `cfg_x!` around it; empty: none. */
struct span survey_gate(struct arena *a, const struct source *s, uint32_t item);
/* The kept source of a file, or NULL. */
const struct source *survey_source(const struct survey *s, uint32_t file);
/* The same by its path. */
const struct source *survey_source_at(const struct survey *s, struct span path);
/* The item in a kept source, or OUTLINE_NONE. */
uint32_t survey_outline(const struct survey *s, const struct survey_item *it);
/* The file of that path, or SURVEY_NONE. */
uint32_t survey_path(const struct survey *s, struct span path);
/* How far a file is from another: 0 the same, 1 its folder, 2 its crate, 3 the
 * tree. `from` may be SURVEY_NONE: 0. */
unsigned survey_distance(const struct survey *s, uint32_t file, uint32_t from);

#endif
