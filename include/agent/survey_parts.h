/* survey_parts - what the files of the survey share; not for callers. */
#ifndef AGENT_SURVEY_PARTS_H
#define AGENT_SURVEY_PARTS_H

#include "agent/survey.h"

#define ABOUT_MAX 160 /* bytes of a module's first line, a gate, a path */

/* While the tree is read. */
struct surveyor {
	struct survey *out;
	struct arena *arena;
	struct arena scratch; /* of one file */
	struct repo *repo;
	const struct tree_list *tree;
};

/* Read the manifests into out->crates. */
int survey_crates(struct surveyor *v, struct error *err);
/* The crate that a file belongs to, or SURVEY_NONE. */
uint32_t survey_crate_of(const struct survey *s, struct span path);
/* The names behind the crate's src/: "sync::mpsc". */
struct span survey_module(struct surveyor *v, uint32_t crate, struct span path);

/* Take in one file's text. The scratch arena is reset. */
void survey_read(struct surveyor *v, uint32_t file, struct span text);
/* The first line of a documentation comment that says something, or empty;
 * and of those in front of an item. */
struct span survey_first_line(const struct lexer *lx, const struct comment *c);
struct span survey_outer_doc(const struct lexer *lx, const struct item *it);
/* What stands for itself, with its members put to it. */
void survey_collect(struct survey_units *out, struct surveyor *v);
/* s->weight, by how rare each term is in the files that were read. */
void survey_weigh(struct survey *s);
/* u->score and u->terms. */
void survey_score(const struct survey *s, struct survey_unit *u);
/* All of it: s->units, the closest one, scores of files and crates. */
void survey_rank(struct surveyor *v);
/* Read the files of the best again, and keep them. */
int survey_keep(struct surveyor *v, struct error *err);
/* Count who uses the closest implementation. */
int survey_count_uses(struct surveyor *v, struct error *err);

#endif
