/* The structs of repo.h, field by field, in both directions. */
#include "repo/wire.h"

#include <stdio.h>
#include <string.h>

/* An enum field through the unsigned that wire_enum() wants. */
#define wire_enum_field(w, field, type, n)          \
	do {                                        \
		unsigned u_ = (unsigned)(field);    \
		wire_enum((w), &u_, (unsigned)(n)); \
		(field) = (type)u_;                 \
	} while (0)

static void wire_i64(struct wire *w, int64_t *v)
{
	uint64_t u = (uint64_t)*v;

	wire_u64(w, &u);
	*v = (int64_t)u;
}

void wire_place(struct wire *w, struct place *p)
{
	wire_cstr(w, &p->cwd);
	wire_cstr(w, &p->dir);
	wire_i64(w, &p->limits.deadline_ms);
	wire_i64(w, &p->limits.memory);
	wire_i64(w, &p->limits.max_file);
	wire_i64(w, &p->limits.max_diff);
}

void wire_error(struct wire *w, struct error *err)
{
	uint32_t kind = (uint32_t)err->kind;
	struct span msg = span_of(err->msg);

	wire_u32(w, &kind);
	wire_span(w, &msg);
	if (!w->to)
		error_set(err, kind == ERR_USAGE ? ERR_USAGE : ERR_REPO, "%.*s",
			  SPAN_ARG(msg));
}

static void wire_words(struct wire *w, const char *const **words, size_t *n)
{
	const char **taken;

	wire_count(w, n, sizeof(uint64_t));
	if (w->to) {
		for (size_t i = 0; i < *n; i++) {
			const char *word = (*words)[i];

			wire_cstr(w, &word);
		}
		return;
	}
	taken = arena_array(w->arena, *n, sizeof(*taken));
	for (size_t i = 0; i < *n; i++) {
		wire_cstr(w, &taken[i]);
		if (!taken[i])
			w->bad = true;
	}
	*words = taken;
}

void wire_spec(struct wire *w, struct rev_spec *s)
{
	wire_words(w, &s->words, &s->nwords);
	wire_bool(w, &s->dashdash);
	wire_words(w, &s->paths, &s->npaths);
	wire_bool(w, &s->staged);
	wire_cstr(w, &s->commit);
	wire_cstr(w, &s->merge_base);
	wire_bool(w, &s->untracked);
	wire_bool(w, &s->all);
	wire_bool(w, &s->patch);
	wire_cstr(w, &s->trust);
}

void wire_range(struct wire *w, struct rev_range *r)
{
	wire_enum_field(w, r->old_side, enum rev_side, SIDE_PATCH + 1);
	wire_enum_field(w, r->new_side, enum rev_side, SIDE_PATCH + 1);
	wire_id(w, &r->old_commit);
	wire_id(w, &r->new_commit);
	wire_id(w, &r->old_tree);
	wire_id(w, &r->new_tree);
	wire_id(w, &r->trust_tree);
	wire_span(w, &r->old_name);
	wire_span(w, &r->new_name);
	wire_vec(w, &r->paths, sizeof(uint64_t), wire_span);
	wire_bool(w, &r->untracked);
	wire_u32(w, &r->commits);
	wire_bool(w, &r->shallow);
	wire_bool(w, &r->all);
	wire_bool(w, &r->texts);
}

static void wire_line(struct wire *w, struct diff_line *l)
{
	uint32_t origin = (unsigned char)l->origin;

	wire_u32(w, &origin);
	l->origin = (char)origin;
	if (l->origin != ' ' && l->origin != '+' && l->origin != '-')
		w->bad = true;
	wire_bool(w, &l->no_newline);
	wire_u32(w, &l->old_no);
	wire_u32(w, &l->new_no);
	wire_span(w, &l->text);
}

static void wire_hunk(struct wire *w, struct hunk *h)
{
	wire_u32(w, &h->old_start);
	wire_u32(w, &h->old_lines);
	wire_u32(w, &h->new_start);
	wire_u32(w, &h->new_lines);
	wire_span(w, &h->heading);
	wire_vec(w, &h->lines, 21, wire_line);
}

static void wire_file(struct wire *w, struct file_change *f)
{
	wire_span(w, &f->path);
	wire_span(w, &f->old_path);
	wire_enum_field(w, f->status, enum file_status, FILE_CONFLICTED + 1);
	wire_u32(w, &f->old_mode);
	wire_u32(w, &f->new_mode);
	wire_id(w, &f->old_id);
	wire_id(w, &f->new_id);
	wire_u32(w, &f->similarity);
	wire_bool(w, &f->binary);
	wire_bool(w, &f->submodule);
	wire_bool(w, &f->too_large);
	wire_enum_field(w, f->generated, enum file_says, SAYS_NO + 1);
	wire_enum_field(w, f->vendored, enum file_says, SAYS_NO + 1);
	wire_bool(w, &f->old_marked);
	wire_bool(w, &f->new_marked);
	wire_u32(w, &f->added);
	wire_u32(w, &f->removed);
	wire_vec(w, &f->hunks, 32, wire_hunk);
	wire_span(w, &f->old_text);
	wire_span(w, &f->new_text);
}

void wire_change(struct wire *w, struct change *c)
{
	wire_vec(w, &c->files, 79, wire_file);
	wire_u32(w, &c->added);
	wire_u32(w, &c->removed);
	wire_vec(w, &c->untracked, sizeof(uint64_t), wire_span);
	wire_vec(w, &c->guides_edited, sizeof(uint64_t), wire_span);
}

static void wire_commit(struct wire *w, struct commit_info *c)
{
	wire_id(w, &c->id);
	wire_span(w, &c->subject);
	wire_span(w, &c->message);
}

void wire_commits(struct wire *w, struct commit_list *l)
{
	wire_vec(w, &l->commits, 17, wire_commit);
	wire_id(w, &l->trust);
}

static void wire_guide(struct wire *w, struct guide *g)
{
	wire_enum_field(w, g->status, enum guide_status, GUIDE_CHANGED + 1);
	wire_span(w, &g->path);
	wire_span(w, &g->imported_by);
	wire_span(w, &g->folder);
	wire_id(w, &g->id);
	wire_span(w, &g->text);
}

void wire_guides(struct wire *w, struct guide_list *l)
{
	wire_vec(w, &l->guides, 37, wire_guide);
	wire_span(w, &l->source);
	wire_size(w, &l->bytes);
}

void wire_rules(struct wire *w, struct guide_rules *r)
{
	wire_enum_field(w, r->from, enum guides_from, GUIDES_WORKTREE + 1);
	wire_i64(w, &r->max_bytes);
	wire_u32(w, &r->import_depth);
}

static void wire_entry(struct wire *w, struct tree_entry *e)
{
	wire_span(w, &e->path);
	wire_u32(w, &e->mode);
	wire_id(w, &e->id);
}

void wire_tree(struct wire *w, struct tree_list *l)
{
	wire_vec(w, &l->entries, 13, wire_entry);
	wire_bool(w, &l->truncated);
	wire_id(w, &l->tree);
}

static void wire_setting(struct wire *w, struct config_entry *e)
{
	wire_enum_field(w, e->level, enum config_level, CONFIG_LOCAL + 1);
	wire_span(w, &e->name);
	wire_span(w, &e->value);
}

void wire_config(struct wire *w, struct config_list *l)
{
	wire_vec(w, &l->entries, 20, wire_setting);
}

void wire_info(struct wire *w, struct repo_info *i)
{
	wire_span(w, &i->workdir);
	wire_span(w, &i->gitdir);
	wire_span(w, &i->head_name);
	wire_id(w, &i->head);
	wire_bool(w, &i->bare);
	wire_bool(w, &i->shallow);
	wire_bool(w, &i->partial);
	wire_bool(w, &i->sparse);
	wire_bool(w, &i->linked_worktree);
}

void wire_want(struct wire *w, struct base_want *b)
{
	wire_span(w, &b->path);
	wire_span(w, &b->old_path);
	wire_span(w, &b->id);
	wire_bool(w, &b->text);
}

void wire_base(struct wire *w, struct base *b)
{
	wire_enum_field(w, b->by, enum base_by, BASE_HEAD + 1);
	wire_id(w, &b->id);
	wire_span(w, &b->text);
	wire_enum_field(w, b->generated, enum file_says, SAYS_NO + 1);
	wire_enum_field(w, b->vendored, enum file_says, SAYS_NO + 1);
}
