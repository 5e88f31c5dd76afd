#include "render/render.h"

#include <string.h>

const struct renderer renderers[] = {
	{ "text", "for a terminal: wrapped, coloured, the ledger in short",
	  "txt", true, render_text },
	{ "markdown", "Markdown, the eight sections and the ledger",
	  "md|markdown", true, render_markdown },
	{ "json", "one JSON object", "json", false, render_json },
	{ "sarif", "SARIF 2.1.0, for code scanning", "sarif", false,
	  render_sarif },
	{ "rdjson", "reviewdog's diagnostics", "rdjson", false, render_rdjson },
	{ "github", "GitHub's annotations, and the report in the log", "",
	  false, render_github },
	{ "patch", "edits that mend findings, for `git apply`", "patch|diff",
	  false, render_patch },
	{ "html", "one page that stands alone, for a browser", "html|htm",
	  false, render_html },
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

const struct renderer *renderer_of_file(const char *path)
{
	const char *base = strrchr(path, '/');
	const char *dot = strrchr(base ? base : path, '.');
	size_t i;

	for (i = 0; dot && i < renderers_len; i++) {
		struct span rest = span_of(renderers[i].suffix), one;

		while (text_field(&rest, '|', &one))
			if (one.len && span_eqs(one, dot + 1))
				return &renderers[i];
	}
	return NULL;
}
