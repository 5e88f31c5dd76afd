#include "agent/offline.h"

#include "agent/checks.h"
#include "agent/gather.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/report.h"

static const char *plural(uint32_t n)
{
	return n == 1 ? "" : "s";
}

static void add_findings(struct buf *out, const struct rule_report *rules,
			 const char *section, bool existing)
{
	size_t n = 0;

	vec_each (struct rule_group, g, &rules->groups) {
		if (strcmp(g->rule->section, section) != 0)
			continue;
		check_item(out, g, false);
		n++;
	}
	if (!n)
		buf_addf(out, "No rule matched on %u %sline%s in %u file%s.\n",
			 rules->lines, existing ? "" : "added ",
			 plural(rules->lines), rules->files,
			 plural(rules->files));
}

void offline_reply(struct buf *out, struct arena *a,
		   const struct task_input *in)
{
	if (in->task == &task_design) {
		offline_survey(out, a, in);
		return;
	}
	for (size_t i = 0; i < eight_sections.len; i++) {
		const struct section_want *want = &eight_sections.want[i];

		buf_addf(out, "## %s\n\n", want->name);
		if (!i)
			buf_adds(out, "No model was consulted: what follows is "
				      "the program's own reading.\n\n");
		add_findings(out, &in->code.rules, want->id, in->range.all);
		buf_addc(out, '\n');
	}
}
