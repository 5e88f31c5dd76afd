#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/output.h"
#include "llm/models.h"
#include "llm/provider.h"

static void add_price(struct buf *out, double in, double most)
{
	if (in < 0)
		buf_addf(out, "  %14s", "unknown");
	else
		buf_addf(out, "  %6.2f / %5.2f", in, most);
}

/* "1000000", or a dash for what is not known. */
static void add_size(struct buf *out, int width, int64_t n)
{
	if (n > 0)
		buf_addf(out, " %*lld", width, (long long)n);
	else
		buf_addf(out, " %*s", width, "-");
}

/* only: one provider's rows; NULL: all. */
static void add_models(struct buf *out, const struct provider *only)
{
	const struct model *m;
	bool any = false;
	size_t i;

	for (i = 0; (m = model_at(i)); i++) {
		if (only && strcmp(m->provider, only->name) != 0)
			continue;
		if (!any)
			buf_addf(out, "%-22s %-7s %-10s %9s %8s  %14s\n",
				 "model", "alias", "provider", "window",
				 "reply", "$/Mtok in/out");
		any = true;
		buf_addf(out, "%-22s %-7s %-10s", m->id,
			 m->alias ? m->alias : "", m->provider);
		add_size(out, 9, m->window);
		add_size(out, 8, m->max_output);
		add_price(out, m->input, m->output);
		buf_addc(out, '\n');
	}
	if (any)
		buf_addf(out, "Prices as of %s", models_date);
	else
		buf_addf(out, "No model of %s is known here", only->name);
	buf_adds(out, "; --models-file adds your own.\n");
}

static void add_providers(struct buf *out, const struct provider *only,
			  struct arena *a)
{
	size_t i;

	buf_addf(out, "\n%-12s %-18s %s\n", "provider", "default model",
		 "key; address below");
	for (i = 0; i < providers_len; i++) {
		const struct provider *p = &providers[i];
		const char *keys = provider_keys(p, a);

		if (only && p != only)
			continue;
		buf_addf(out, "%-12s %-18s %s\n%13s%s\n", p->name,
			 !p->protocol	    ? "(none)"
			 : p->default_model ? p->default_model
					    : "(--model)",
			 keys ? keys : "(none)", "",
			 !p->protocol  ? "(no network: the program's own rules)"
			 : p->base_url ? p->base_url
				       : "(--base-url)");
	}
}

int cmd_models(struct invocation *inv, struct error *err)
{
	const struct settings *s = &inv->settings;
	const struct provider *only = NULL;
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = 0;

	if (inv->nwords || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "models takes no words: `architect models "
				 "--provider %s` lists one provider's",
				 inv->nwords ? inv->words[0] : "NAME");
	if (strcmp(s->provider, "auto") != 0 &&
	    provider_named(&only, s->provider, err))
		return -1;
	if (s->models_file)
		rc = models_load(&a, s->models_file, err);
	if (!rc) {
		add_models(&out, only);
		add_providers(&out, only, &a);
		rc = output_write(buf_span(&out), err);
	}
	buf_release(&out);
	arena_release(&a);
	return rc;
}
