/* A design's part of the prompt: the request, and what the tree has for it. */
#include "agent/gather.h"
#include "agent/margin.h"
#include "agent/prompt_parts.h"
#include "agent/redact.h"
#include "agent/survey_pages.h"
#include "agent/survey_say.h"
#include "base/arena.h"

#define MAP_BYTES (10 * 1024)
#define TREE_BYTES (6 * 1024)
#define CLOSEST_BYTES (14 * 1024)
#define MATCHES_BYTES (12 * 1024)
#define CRATES_MAX 12
#define UNITS_MAX 16

/* What the map does not show: the shape of the tree beside its Rust. */
static bool source_path(struct span path)
{
	return span_ends(path, ".toml") || span_ends(path, ".proto") ||
	       span_ends(path, ".sql") || span_ends(path, ".md");
}

static void add_tree(struct script *s, const struct task_input *in)
{
	bool rust = !in->survey || !in->survey->read;
	size_t shown = 0, all = 0;
	struct buf b = { 0 };

	vec_each (struct tree_entry, e, &in->tree.entries) {
		if (!source_path(e->path) &&
		    (!rust || !span_ends(e->path, ".rs")))
			continue;
		all++;
		if (b.len + e->path.len > TREE_BYTES)
			continue;
		shown++;
		redact_line(&b, e->path, &s->masked);
		buf_addc(&b, '\n');
	}
	buf_addf(&s->text,
		 "# The source tree\n\n%zu of %zu paths of other sources at "
		 "HEAD%s.\n",
		 shown, all, shown < all ? "; the others are left out" : "");
	script_end(s, NULL);
	if (b.len) {
		buf_addsp(&s->text, buf_span(&b));
		script_end(s, "tree");
	}
	buf_release(&b);
}

/* What a teller wrote. */
static void end_list(struct script *s, struct buf *list, const char *name)
{
	if (list->len)
		script_quote(s, name, buf_span(list));
	buf_reset(list);
}

static void add_map(struct script *s, struct teller *t)
{
	buf_adds(&s->text, "# The map\n\nCrates and modules, those that the "
			   "request's words name first.\n");
	script_end(s, NULL);
	say_crates(t, CRATES_MAX);
	say_modules(t, MAP_BYTES);
	say_read(t);
	end_list(s, t->out, "map");
}

static void add_facts(struct script *s, struct teller *t)
{
	buf_adds(&s->text,
		 "# Facts\n\nCounted by this program, by tokens and names "
		 "alone, without types. What matches stands best first; the "
		 "first that is no trait is taken for the closest existing "
		 "implementation.\n");
	script_end(s, NULL);
	say_words(t);
	say_units(t, UNITS_MAX);
	say_uses(t);
	say_traits(t);
	say_attributes(t);
	say_gates(t);
	say_runtime(t);
	say_locks(t);
	say_channels(t);
	say_tasks(t);
	say_errors(t);
	say_siblings(t);
	say_dependencies(t);
	say_tests(t);
	end_list(s, t->out, "facts");
}

/* Of files that are not shown whole. */
static bool sent_whole(const struct task_input *in, uint32_t file)
{
	struct span path = in->survey->files.ptr[file].entry->path;

	vec_each (const struct source_file, f, &in->files)
		if (span_eq(f->path, path))
			return true;
	return false;
}

void prompt_pages(struct pages *p, const struct task_input *in)
{
	const struct survey *s = in->survey;
	struct survey_items traits = { 0 };

	p->most = CLOSEST_BYTES;
	if (s->closest && !sent_whole(in, s->closest->item->file))
		survey_show_unit(p, s, s->closest, PAGE_WHOLE);
	p->most = p->bytes + MATCHES_BYTES;
	survey_traits(&traits, p->arena, s);
	vec_each (const struct survey_item *, it, &traits)
		if (!sent_whole(in, (*it)->file))
			survey_show_trait(p, s, *it);
	vec_each (struct survey_unit *, u, &s->units)
		if (!sent_whole(in, (*u)->item->file))
			survey_show_unit(p, s, *u, PAGE_DECLARATION);
	pages_close(p);
}

static void add_pages(struct script *s, const struct task_input *in)
{
	struct pages p = { .arena = s->arena };

	prompt_pages(&p, in);
	if (!p.rows.len)
		return;
	buf_adds(&s->text, "# What matches\n\nThe closest implementation, and "
			   "declarations of what else matches; files that "
			   "follow whole are left out here.\n");
	script_end(s, NULL);
	vec_each (struct page *, page, &p.rows) {
		const struct source *k =
			survey_source_at(in->survey, (*page)->path);

		script_path(s, (*page)->path);
		margin_page(&s->text, *page, k ? k->lx.src : (struct span){ 0 },
			    &s->masked);
		script_end(s, "context");
	}
}

static void add_survey(struct script *s, const struct task_input *in)
{
	struct buf list = { 0 };
	struct teller t = { &list, s->arena, in->survey };

	if (!in->survey || !in->survey->read)
		return;
	add_map(s, &t);
	add_facts(s, &t);
	add_pages(s, in);
	buf_release(&list);
}

void prompt_design(struct script *s, const struct task_input *in)
{
	buf_adds(&s->text, "# The request\n");
	script_end(s, NULL);
	script_quote(s, "request", span_of(in->request->text));
	script_intent(s, in);
	add_survey(s, in);
	add_tree(s, in);
	buf_addf(&s->text,
		 "# Files\n\n%zu file%s shown whole: manifests, and those that "
		 "match best or that the command line names. No other file "
		 "was shown whole.\n",
		 in->files.len, text_plural(in->files.len));
	script_end(s, NULL);
	vec_each (struct source_file, f, &in->files) {
		script_path(s, f->path);
		margin_lines(&s->text, f->text, &s->masked);
		script_end(s, "file");
	}
}
