#include "agent/offline.h"

#include "agent/checks.h"
#include "agent/gather.h"
#include "agent/offline_parts.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/report.h"

/* What stands in a section behind its findings, and what to say when that is
 * nothing: of an item that changed, or of a change without any. */
static const struct {
	const char *section;
	void (*add)(struct offline *o);
	const char *of_item, *without;
} parts[] = {
	{ "summary", offline_summary, NULL, NULL },
	{ "critical-issues", offline_critical,
	  "nothing unsafe in it, and no condition, arm or way out differs, "
	  "here "
	  "or in what else changed",
	  "No condition, arm or way out of a function differs in " },
	{ "architecture", offline_design,
	  "no signature, field, variant, import or dependency differs, here or "
	  "in what else changed",
	  "No item, import or dependency changed in " },
	{ "async-performance", offline_async,
	  "no task, lock, channel, timer, atomic, allocation or copy comes or "
	  "goes, here or in what else changed",
	  "No function changed, nor what runs of a constant, in " },
	{ "idiomatic-rust", offline_idiom,
	  "no panic, error type or attribute differs, here or in what else "
	  "changed",
	  "No Rust outside of tests differs but in comments or layout, in " },
	{ "code-examples", offline_examples, NULL, NULL },
	{ "testing", offline_testing, NULL, NULL },
	{ "action-items", offline_actions, NULL, NULL },
};

static void add_findings(struct buf *out, const struct rule_report *rules,
			 const char *section)
{
	size_t n = 0;

	vec_each (struct rule_group, g, &rules->groups) {
		if (strcmp(g->rule->section, section) != 0)
			continue;
		check_item(out, g, false);
		n++;
	}
	if (n)
		buf_addc(out, '\n');
}

/* Never an all-clear: what was looked at, not what is right. */
static void add_silence(const struct offline *o)
{
	const struct rule_report *rules = &o->in->code.rules;

	vec_each (struct rule_group, g, &rules->groups)
		if (!strcmp(g->rule->section, "critical-issues"))
			return;
	if (rules->groups.len)
		buf_adds(o->out, "No rule of this section matched");
	else
		buf_adds(o->out, "No rule matched");
	buf_addf(o->out, " on %u %sline%s in %u file%s.\n\n", rules->lines,
		 word_added(o), plural(rules->lines), rules->files,
		 plural(rules->files));
}

static void add_nothing(struct offline *o, const char *of_item,
			const char *without)
{
	struct facts f = { o, 1, 0, 0 };

	vec_each (struct touched, t, &o->touched) {
		if (t->aside || !edited_fact(&f, t))
			continue;
		edited_code_path(o, t);
		buf_addf(o->out, ": %s", of_item);
		fact_end(&f);
		return;
	}
	buf_adds(o->out, without);
	add_what(o);
	buf_adds(o->out, ".\n");
}

static void add_section(struct offline *o, const struct section_want *want)
{
	buf_addf(o->out, "## %s\n\n", want->name);
	add_findings(o->out, &o->in->code.rules, want->id);
	if (!strcmp(want->id, "critical-issues"))
		add_silence(o);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t len = o->out->len;

		if (strcmp(parts[i].section, want->id) != 0)
			continue;
		parts[i].add(o);
		if (o->out->len == len)
			add_nothing(o, parts[i].of_item, parts[i].without);
	}
	if (o->left.len) {
		buf_addsp(o->out, buf_span(&o->left));
		buf_adds(o->out, ".\n");
		buf_reset(&o->left);
	}
	buf_addc(o->out, '\n');
}

void offline_reply(struct buf *out, struct arena *a,
		   const struct task_input *in)
{
	struct offline o = { .out = out, .arena = a, .in = in };

	if (in->task == &task_design) {
		offline_survey(out, a, in);
		return;
	}
	o.all = in->range.all;
	edited_find(&o);
	for (size_t i = 0; i < eight_sections.len; i++)
		add_section(&o, &eight_sections.want[i]);
	buf_release(&o.left);
}
