#include "render/render.h"

#include <string.h>

const struct renderer renderers[] = {
	{ "markdown", "Markdown, the eight sections and the ledger",
	  render_markdown },
	{ "json", "one JSON object", render_json },
};

const size_t renderers_len = sizeof(renderers) / sizeof(renderers[0]);

const struct renderer *renderer_find(const char *name)
{
	size_t i;

	for (i = 0; i < renderers_len; i++)
		if (!strcmp(renderers[i].name, name))
			return &renderers[i];
	return NULL;
}
