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

static void add_models(struct buf *out)
{
	const struct model *m;
	size_t i;

	buf_addf(out, "%-22s %-7s %-10s %9s %8s  %14s\n", "model", "alias",
		 "provider", "window", "reply", "$/Mtok in/out");
	for (i = 0; (m = model_at(i)); i++) {
		buf_addf(out, "%-22s %-7s %-10s", m->id,
			 m->alias ? m->alias : "", m->provider);
		add_size(out, 9, m->window);
		add_size(out, 8, m->max_output);
		add_price(out, m->input, m->output);
		buf_addc(out, '\n');
	}
	buf_addf(out, "Prices as of %s; --models-file adds your own.\n",
		 models_date);
}

static void add_providers(struct buf *out)
{
	size_t i;

	buf_addf(out, "\n%-12s %-22s %-20s %s\n", "provider", "key",
		 "default "
		 "model",
		 "address");
	for (i = 0; i < providers_len; i++) {
		const struct provider *p = &providers[i];

		buf_addf(out, "%-12s %-22s %-20s %s\n", p->name,
			 p->key_env[0] ? p->key_env[0] : "(none)",
			 p->default_model ? p->default_model : "(--model)",
			 p->base_url ? p->base_url : "(--base-url)");
	}
}

int cmd_models(struct invocation *inv, struct error *err)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = 0;

	if (inv->nwords)
		return error_set(err, ERR_USAGE, "models takes no words");
	if (inv->settings.models_file)
		rc = models_load(&a, inv->settings.models_file, err);
	if (!rc) {
		add_models(&out);
		add_providers(&out);
		rc = output_write(buf_span(&out), err);
	}
	buf_release(&out);
	arena_release(&a);
	return rc;
}
