#include "agent/offline.h"

#include "agent/checks.h"
#include "agent/gather.h"
#include "agent/offline_parts.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/report.h"

/*
 * What stands in a section behind its findings, and what to say when that is
 * nothing: of a change's items, of existing code, of a change without items.
 * What is said must follow from what the section looked for.
 */
static const struct {
	const char *section;
	void (*add)(struct offline *o);
	const char *of_change, *of_code, *without;
} parts[] = {
	{ "summary", offline_summary, NULL, NULL, NULL },
	{ "critical-issues", offline_critical,
	  "no condition, match arm, check or early return differs in a "
	  "function that stays",
	  "no unsafe block, and no function that branches",
	  "No condition, match arm, check or early return differs in " },
	{ "architecture", offline_design,
	  "no signature, field, variant, import or Cargo dependency differs",
	  "no import of the crate's own, and no implementation to compare",
	  "No item, import or Cargo dependency changed in " },
	{ "async-performance", offline_async,
	  "no task, lock, channel, timer, atomic, known allocation or copy "
	  "comes or goes in a function that stays or is new",
	  "no task, lock, channel, timer, atomic, known allocation or copy",
	  "No function changed, nor what runs of a constant, in " },
	{ "idiomatic-rust", offline_idiom,
	  "no panic, error type or attribute differs",
	  "no panic, error type, long function or undocumented `pub` item",
	  "No Rust outside of tests differs but in comments or layout, in " },
	{ "code-examples", offline_examples, NULL, NULL, NULL },
	{ "testing", offline_testing, NULL, NULL, NULL },
	{ "action-items", offline_actions, NULL, NULL, NULL },
};

/* Lines of a review, if shorter lists can do it, and how often they become
 * shorter. */
#define LINES_MOST 120
#define TIGHTEST 4u

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

/* The item that speaks for all: a function when there is one. */
static const struct touched *spokesman(const struct offline *o)
{
	const struct touched *first = NULL;

	vec_each (struct touched, t, &o->touched) {
		if (t->aside)
			continue;
		if (t->item->kind == ITEM_FN)
			return t;
		first = first ? first : t;
	}
	return first;
}

static void add_nothing(struct offline *o, size_t part)
{
	const struct touched *t = spokesman(o);
	struct facts f = { .o = o, .most = 1 };

	if (t && edited_fact(&f, t)) {
		edited_code_path(o, t);
		buf_addf(o->out, ": %s, here or elsewhere%s",
			 o->all ? parts[part].of_code : parts[part].of_change,
			 o->tests_only ? "" : " outside of tests");
		fact_end(&f);
		return;
	}
	buf_adds(o->out, parts[part].without);
	add_what(o);
	buf_adds(o->out, ".\n");
}

/* Rust files beyond the bounds or not understood, and those of a diff that was
 * given whose sides are not to be had. */
static uint32_t count_unread(const struct task_input *in)
{
	uint32_t n = 0;

	for (size_t i = 0, k = 0; i < in->change.files.len; i++) {
		const struct cover *c = &in->covers.ptr[i];
		bool read = k < in->code.files.len &&
			    in->code.files.ptr[k].index == i;

		k += read;
		n += c->unread ||
		     (in->given && !read && c->state == COVER_FULL &&
		      span_ends(c->path, ".rs"));
	}
	return n;
}

/* Of what was not read nothing is said but that. */
static bool add_unread(struct offline *o, const char *section)
{
	if (!o->unread || o->in->code.rule_files.len ||
	    !strcmp(section, "summary") || !strcmp(section, "action-items"))
		return false;
	buf_addf(o->out,
		 o->in->given ? "Not looked for: this review reads Rust by "
				"whole files, and of %u only the lines of the "
				"diff are known.\n\n"
			      : "Not looked for: Rust files that were not read "
				"as such: %u (the ledger tells why).\n\n",
		 o->unread);
	return true;
}

static void add_section(struct offline *o, const struct section_want *want)
{
	buf_addf(o->out, "## %s\n\n", want->name);
	add_findings(o->out, &o->in->code.rules, want->id);
	if (add_unread(o, want->id))
		return;
	if (!strcmp(want->id, "critical-issues"))
		add_silence(o);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t len = o->out->len;

		if (strcmp(parts[i].section, want->id) != 0)
			continue;
		parts[i].add(o);
		if (o->out->len == len)
			add_nothing(o, i);
	}
	if (o->left.len) {
		buf_addsp(o->out, buf_span(&o->left));
		buf_adds(o->out, ".\n");
		buf_reset(&o->left);
	}
	buf_addc(o->out, '\n');
}

static void write_sections(struct offline *o)
{
	for (size_t i = 0; i < eight_sections.len; i++)
		add_section(o, &eight_sections.want[i]);
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
	o.unread = count_unread(in);
	edited_find(&o);
	names_find(&o);
	/* of a large change shorter lists, until it reads as a page */
	for (size_t begin = out->len; o.tight < TIGHTEST; o.tight++) {
		write_sections(&o);
		if (text_count_lines(span_from(buf_span(out), begin)) <=
		    LINES_MOST)
			break;
		if (o.tight + 1 < TIGHTEST)
			out->len = begin;
	}
	buf_release(&o.left);
}
