/* Names that tell what panics, and why that may be. */
#include "rust/names.h"

static bool listed(struct span word, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eqs(word, names[i]))
			return true;
	return false;
}

#define LISTED(word, table) \
	listed((word), (table), sizeof(table) / sizeof(*(table)))

static const char *const quotes[] = {
	"quote",
	"quote_spanned",
	"parse_quote",
	"parse_quote_spanned",
	"quote_block",
	"quote_expr",
	"quote_each_token",
};

bool names_quotes(struct span macro)
{
	return LISTED(macro, quotes);
}
