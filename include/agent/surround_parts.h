/* surround_parts - what the files of surround share; not for callers. */
#ifndef AGENT_SURROUND_PARTS_H
#define AGENT_SURROUND_PARTS_H

#include "agent/gather.h"
#include "agent/surround.h"
#include "rust/cargo.h"

/* Something to show, if there is room. */
struct offer {
	enum surround_kind kind;
	unsigned rank; /* of its kind; smaller ones first */
	bool test;
	struct piece whole, less; /* less: when whole has no room; or empty */
	struct span name;
	size_t cost, order;
};

/* A file's lines. */
struct line_map {
	struct span text;
	uint32_t *start; /* of line n at [n - 1] */
	uint32_t lines;
};

/* Every Cargo.toml of the reviewed side, as the change leaves them. */
struct manifests {
	VEC(struct span) paths;
	VEC(struct span) texts;
	VEC(struct manifest) parsed;
};

/* An item with changed lines. */
struct changed_item {
	const struct code_file *file;
	uint32_t item;
};

/* One review while its surroundings are chosen. */
struct chooser {
	const struct task_input *in;
	struct surround *out;
	struct arena *arena;
	VEC(struct offer) offers;
	struct references *refs;  /* one for each of in->code.files */
	VEC(struct span) changed; /* paths of both sides, sorted */
	struct manifests manifests;
	VEC(struct index_crate) crates;
	bool *crate_changed; /* a flag for each of them */
	VEC(struct changed_item) items;
	bool *shown; /* a flag for each of in->code.rule_files */
};

struct line_map line_map(struct arena *a, struct span text);
/* Lines first to last, both included, as far as there are any. */
struct excerpt line_range(const struct line_map *m, uint32_t first,
			  uint32_t last);
void piece_add(struct piece *p, struct arena *a, struct excerpt e);
bool item_test(const struct source *s, const struct item *it);
struct offer *offer_add(struct chooser *c, enum surround_kind kind,
			struct page *page);

/* surround_enclose.c: the items around hunks, and their headers. */
void choose_enclosing(struct chooser *c, const struct code_file *file);
/* surround_crates.c */
void read_crates(struct chooser *c, struct repo *r);
bool manifest_path(struct span path);
/* The row of the nearest workspace's manifest around a path; parsed.len: none.
 */
size_t workspace_of(const struct manifests *m, struct span path);
/* surround_tree.c: the paths of the change, and the index of the tree. */
void list_changed(struct chooser *c);
void read_tree_files(struct chooser *c, struct repo *r);
bool path_changed(const struct chooser *c, struct span path);
bool entry_regular(const struct tree_entry *e);
struct span folder_of(struct span path);
bool path_below(struct span path, struct span folder);
/* surround_names.c: what is wanted of the index, and what it gave. */
void want_names(struct chooser *c);
void choose_names(struct chooser *c);
/* surround_sibling.c */
void want_siblings(struct chooser *c);
void choose_siblings(struct chooser *c);
/* surround_schema.c */
void want_schemas(struct chooser *c);
/* surround_cargo.c */
void list_dependencies(struct chooser *c);

#endif
