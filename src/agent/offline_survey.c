/*
 * The survey without a model, as a reply's sections: what the tree has that the
 * request speaks of, and what binds new code. Nothing is proposed or judged.
 */
#include "agent/gather.h"
#include "agent/offline.h"
#include "agent/offline_survey_parts.h"
#include "agent/quote.h"
#include "base/arena.h"
#include "core/report.h"

#define UNITS_MAX 10
#define CRATES_MAX 4
#define ALL_CRATES_MAX 12
#define MAP_BYTES 2400
#define REQUEST_MAX 300

/* ---- the sections */

static void say_request(const struct teller *t, const struct task_input *in)
{
	buf_adds(t->out, "- Request: ");
	quote_short(t->out, span_of(in->request->text), REQUEST_MAX);
	buf_adds(t->out, ".\n");
}

static void say_closest(const struct teller *t)
{
	if (!t->s->closest) {
		buf_adds(t->out, t->s->terms.term.len
					 ? "- No item of the tree matches: "
					   "name a crate, module or type of "
					   "those below, or a word of its "
					   "code.\n"
					 : "- The request has no word to look "
					   "for: name a crate, module or type "
					   "of those below.\n");
		return;
	}
	buf_adds(t->out, "- The closest existing implementation is ");
	say_item(t, t->s->closest->item);
	buf_adds(t->out, ": ");
	say_matched(t, t->s->closest);
	buf_addf(t->out, ". In all %zu item%s a word.\n", t->s->matched,
		 t->s->matched == 1 ? " matches" : "s match");
}

static void add_summary(const struct teller *t, const struct task_input *in)
{
	buf_adds(t->out,
		 "This is a survey for the request, not a design: no model was "
		 "consulted, and nothing is proposed. It says what the tree at "
		 "HEAD has that the request's words speak of, and what new "
		 "code beside it has to fit, by tokens and names alone.\n\n");
	say_request(t, in);
	say_words(t);
	say_closest(t);
	say_read(t);
	say_crates(t, t->s->closest ? CRATES_MAX : ALL_CRATES_MAX);
}

static void add_critical(const struct teller *t, const struct task_input *in)
{
	size_t before, from;

	(void)in;
	buf_adds(t->out, "Nothing is judged here.");
	before = t->out->len;
	buf_adds(t->out, " These facts bind a design:\n\n");
	from = t->out->len;
	survey_constraints(t);
	say_attributes(t);
	say_gates(t);
	survey_markers(t);
	if (t->out->len > from)
		return;
	t->out->len = before;
	buf_adds(t->out, " No manifest, crate attribute, condition or marker "
			 "was found.\n");
}

static void add_architecture(const struct teller *t,
			     const struct task_input *in)
{
	(void)in;
	survey_closest(t);
	say_units(t, UNITS_MAX);
	say_traits(t);
	say_siblings(t);
	say_modules(t, MAP_BYTES);
}

static void add_async(const struct teller *t, const struct task_input *in)
{
	(void)in;
	say_runtime(t);
	say_locks(t);
	say_channels(t);
	say_tasks(t);
}

static void add_idiom(const struct teller *t, const struct task_input *in)
{
	(void)in;
	survey_returns(t);
	say_errors(t);
	say_dependencies(t);
}

static void add_code(const struct teller *t, const struct task_input *in)
{
	(void)in;
	survey_code(t);
}

static void add_testing(const struct teller *t, const struct task_input *in)
{
	(void)in;
	say_tests(t);
}

static void add_actions(const struct teller *t, const struct task_input *in)
{
	(void)in;
	survey_checklist(t);
}

static const struct {
	const char *section;
	void (*add)(const struct teller *t, const struct task_input *in);
	const char *nothing; /* when it says nothing */
} parts[] = {
	{ "summary", add_summary, "" },
	{ "critical-issues", add_critical, "" },
	{ "architecture", add_architecture,
	  "No module, type or trait was found.\n" },
	{ "async-performance", add_async,
	  "No runtime, lock, channel or task was found outside of tests.\n" },
	{ "idiomatic-rust", add_idiom,
	  "No error type, Result alias or dependency was found.\n" },
	{ "code-examples", add_code,
	  "No code is quoted: nothing matches, or its file is too large.\n" },
	{ "testing", add_testing, "No crate, and so no test, was found.\n" },
	{ "action-items", add_actions, "None.\n" },
};

static void add_section(const struct teller *t, const struct task_input *in,
			const struct section_want *want)
{
	buf_addf(t->out, "## %s\n\n", want->name);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t before = t->out->len;

		if (strcmp(parts[i].section, want->id) != 0)
			continue;
		parts[i].add(t, in);
		if (t->out->len == before)
			buf_adds(t->out, parts[i].nothing);
	}
	buf_addc(t->out, '\n');
}

/* Why there is nothing to survey, or NULL. */
static const char *nothing_there(const struct task_input *in, struct arena *a)
{
	if (!in->info.head[0])
		return "HEAD has no commit yet: there is no code to survey.";
	if (!in->survey->files.len)
		return arena_printf(a,
				    "The tree at HEAD has no Rust file to "
				    "survey (%zu file%s).",
				    in->tree.entries.len,
				    text_plural(in->tree.entries.len));
	if (!in->survey->read)
		return "None of the tree's Rust files could be read.";
	return NULL;
}

void offline_survey(struct buf *out, struct arena *a,
		    const struct task_input *in)
{
	struct teller t = { out, a, in->survey };
	const char *nothing = nothing_there(in, a);

	for (size_t i = 0; i < eight_sections.len; i++) {
		const struct section_want *want = &eight_sections.want[i];

		if (nothing)
			buf_addf(out, "## %s\n\n%s%s\n\n", want->name,
				 i ? "None."
				   : "This is a survey, not a design: no model "
				     "was consulted. ",
				 i ? "" : nothing);
		else
			add_section(&t, in, want);
	}
}
