/*
 * surround - what goes beside a patch: the code around its hunks, what its
 * added lines use, what stands like what they add, and what the tree says of
 * it.
 *
 * The reviewed tree is read in the order in which its files are likely to
 * matter, up to SURROUND_READ bytes. What is chosen stays within a budget and
 * shows no line twice. Same input, same choice.
 */
#ifndef AGENT_SURROUND_H
#define AGENT_SURROUND_H

#include "agent/page.h"
#include "rust/index.h"

struct buf;
struct code_file;
struct manifest;
struct repo;
struct task_input;

/* Bytes beside the patch: for the code around it as many as the patch's own but
 * no fewer than these, a quarter more for all else, and never more than that.
 */
#define SURROUND_LEAST (24u * 1024)
#define SURROUND_MOST (256u * 1024)
/* Bytes of the tree that are read. */
#define SURROUND_READ (6u << 20)
/* Lines of an item that is shown whole; of a longer one, lines around each
 * change and at its end. */
#define SURROUND_WHOLE 150u
#define SURROUND_NEAR 30u
#define SURROUND_TAIL 10u
/* Lines of a used type, of a sibling, and how many siblings. */
#define SURROUND_TYPE_LINES 25u
#define SURROUND_SIBLING_LINES 80u
#define SURROUND_SIBLINGS 3u

enum surround_kind {
	SURROUND_HEADER,    /* of the impl, trait or mod around a change */
	SURROUND_ENCLOSING, /* the item around a change, whole */
	SURROUND_PART,	    /* a long one's parts */
	SURROUND_SIBLING,   /* another implementation of a trait */
	SURROUND_TYPE,	    /* what added lines use, whole */
	SURROUND_SIGNATURE, /* the same, its header */
	SURROUND_KINDS
};

/* One item that was chosen, for lists. */
struct surround_item {
	enum surround_kind kind;
	struct span path, name;
	uint32_t line; /* the first one added for it */
	size_t bytes;  /* added for it, margins too */
};

/* The uses of an item with changed lines, outside of tests and generated code;
 * trait functions that std calls (fmt, from, drop …) are left out. */
struct surround_use {
	const struct code_file *file;
	uint32_t item;	/* of file->now */
	bool signature; /* a line of its header is new */
	const struct index_count *count;
};

/* A trait that the change implements anew, and who else does. */
struct surround_trait {
	struct span name, self_type, path; /* the new impl's */
	uint32_t line;
	uint32_t others; /* implementations besides it, up to INDEX_KEPT */
	const struct definition *near[SURROUND_SIBLINGS];
	uint32_t nears;
};

/* A SQL table, or a message or service of a .proto, that the change touches. */
struct surround_schema {
	struct span path, name;
	const char *what;		   /* "table", "message", "service" */
	const struct index_count *uses[3]; /* words that stand for it */
	uint32_t words;
};

/* The crate of changed files. */
struct surround_crate {
	struct span folder, name, edition, msrv; /* empty: not said */
	bool member;				 /* of the workspace below */
	const struct manifest *manifest;	 /* with what it inherits */
};

/* Lives in the arena, borrows the change's texts. */
struct surround {
	struct index index;
	struct pages pages;
	VEC(struct surround_use) uses;	      /* in the order of the change */
	VEC(const struct index_count *) gone; /* of what the change removes */
	VEC(struct surround_item) items; /* in the order they were chosen */
	uint32_t left_out;		 /* items without room */
	VEC(struct surround_trait) traits;
	VEC(struct surround_schema) schemas;
	VEC(struct surround_crate) crates;
	struct span workspace; /* folder of its manifest; ptr NULL: none */
	size_t members;	       /* manifests below it */
	struct span cargo;     /* what changed of dependencies, a line each */
	struct span facts;     /* see surround_facts() */
	size_t tree_files;     /* .rs files of the tree */
	const char *unread;    /* why reading the tree ended early, or NULL */
};

/*
 * Fill in->surround from in->change and in->code, within in->most.around. Never
 * fails: what cannot be read is not shown. Of a part, the rest of the change
 * counts as the tree's.
 */
void surround_read(struct task_input *in, struct arena *a, struct repo *r);

/* Is it a Cargo.lock whose crates change? */
bool lock_tells(struct arena *a, const struct file_change *f);
/* "enclosing item", "type" … */
const char *surround_kind_name(enum surround_kind k);
/* The program's own facts for a model, a line each; nothing without any. */
void surround_facts(struct buf *out, const struct surround *s);

#endif
