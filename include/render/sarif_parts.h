/* sarif_parts - what the files of the SARIF form share; not for callers. */
#ifndef RENDER_SARIF_PARTS_H
#define RENDER_SARIF_PARTS_H

#include "base/text.h"

#include "render/annotation.h"

struct arena;
struct cJSON;

/* What paths are relative to. */
#define SARIF_ROOT "%SRCROOT%"

/* "error", "warning", "note" */
const char *sarif_level(enum severity s);
/* { "text": words } */
void sarif_message(struct cJSON *o, const char *key, struct span words);
/* The file relative to the top folder of the repository; not empty. */
void sarif_artifact(struct cJSON *o, const char *key, struct span file);

/* Where in the run's list of rules those of findings stand. */
struct sarif_rules {
	const struct report *report;
	/* by section, own ones behind the model's; -1: no finding needs it */
	int *section;
};

/* Add "rules": the program's own that findings name, then one a section. */
void sarif_rules(struct sarif_rules *out, struct arena *a, struct cJSON *driver,
		 const struct report *r);
/* The index of a finding's rule; -1: it is not in the list. */
int sarif_rule(const struct sarif_rules *rules, const struct finding *f);
/* Add "results". */
void sarif_results(struct cJSON *run, const struct sarif_rules *rules);

#endif
