/*
 * A request, in the first line, and one file's text, which is also taken for a
 * manifest: whatever they hold, the survey is a whole reply of eight sections
 * without a finding.
 */
#include <assert.h>

#include "agent/gather.h"
#include "agent/offline.h"
#include "agent/reply.h"
#include "agent/survey_parts.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void add_crate(struct surveyor *v, struct span text)
{
	struct manifest *m = arena_new(v->arena, struct manifest);
	struct survey_crate *c = vec_push(&v->out->crates, v->arena);

	manifest_parse(m, v->arena, text);
	m->package = true;
	c->path = SPAN("Cargo.toml");
	c->manifest = m;
	c->name = manifest_value(m, FACT_NAME);
	c->files = 1;
}

static void add_file(struct surveyor *v, struct span path, struct span text)
{
	struct tree_entry *e = arena_new(v->arena, struct tree_entry);
	struct survey_file *f = vec_push(&v->out->files, v->arena);
	struct source *s = arena_new(v->arena, struct source);

	e->path = path;
	f->entry = e;
	f->stem = 1;
	f->module = survey_module(v, 0, path);
	survey_read(v, 0, text);
	survey_rank(v);
	source_read(s, v->arena, path, text);
	*vec_push(&v->out->sources, v->arena) = (struct survey_source){ 0, s };
}

static void check(struct arena *a, const struct task_input *in)
{
	struct report report = { 0 };
	struct buf out = { 0 };

	offline_reply(&out, a, in);
	reply_parse(&report, a, &eight_sections, buf_span(&out), false);
	assert(report_complete(&report));
	assert(!report.findings.len && !report.preamble.len);
	vec_each (struct section, s, &report.sections)
		assert(!s->duplicate);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size }, request = { 0 };
	struct task_request rq = { .task = &task_design };
	struct task_input in = { .task = &task_design, .request = &rq };
	struct survey survey = { 0 };
	struct arena a = { 0 };
	struct surveyor v = { .out = &survey, .arena = &a };

	text_line(&text, &request);
	rq.text = arena_cstr(&a, request);
	in.survey = &survey;
	in.info.head[0] = '1';
	terms_parse(&survey.terms, &a, request);
	add_crate(&v, text);
	add_file(&v, SPAN("src/cache/lru.rs"), text);
	check(&a, &in);
	arena_release(&v.scratch);
	arena_release(&a);
	return 0;
}
