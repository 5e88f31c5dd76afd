/* Secrets on added lines. */
#include "agent/notice_parts.h"

#include <string.h>

#include "base/arena.h"

/* Kinds that rest on a name or a place in a text, not on the secret's own form:
 * tests are full of them. */
static bool by_name(const char *kind)
{
	static const char *const kinds[] = { "password", "secret", "basic-auth",
					     "url-password", "authorization" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kind, kinds[i]))
			return true;
	return false;
}

/* Is the line of a test, an example or a bench? */
static bool aside(const struct notices *n, const struct masked_line *l)
{
	static const char *const folders[] = { "tests",	   "test",
					       "examples", "benches",
					       "testdata", "fixtures" };
	struct span path = n->in->change.files.ptr[l->file].path, name;
	const struct code_file *c = notice_code(n, l->file);
	const struct source *s = c ? c->now : NULL;

	vec_each (struct rule_file, f, &n->in->code.rule_files)
		if (s && f->now == s && f->test)
			return true;
	if (s && s->lx.count && source_test(s, notice_token(s, l->line)))
		return true;
	while (text_field(&path, '/', &name))
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			if (path.len && span_eqs(name, folders[i]))
				return true;
	return false;
}

void notice_secrets(struct notices *n)
{
	const struct masked_line *before = NULL;

	vec_each (struct masked_line, l, &n->in->masked.rows) {
		struct notice_place p = {
			.file = l->file,
			.line = l->line,
			.text = l->text,
		};
		bool more = masked_goes_on(before, l);

		before = l;
		if (!l->added || more || (by_name(l->kind) && aside(n, l)))
			continue;
		notice_say(n, NOTICE_SECRET, &p,
			   arena_printf(n->arena,
					"a secret (%s) stands in the clear",
					l->kind));
	}
}
