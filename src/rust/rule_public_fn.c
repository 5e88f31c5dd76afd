/* Public functions: what their errors tell, and whether a test knows them. */
#include "rust/apidiff.h"
#include "rust/rule.h"

/* Added lines of one function that are worth a test. */
#define LINES_MIN 10

static const struct item *now_item(const struct rule_input *in,
				   const struct api_row *row)
{
	return &in->file[row->now_file].now->outline.item[row->now];
}

/* Names that take any error and give none back. */
static bool opaque(struct span path)
{
	static const char *const paths[] = {
		"anyhow::Result",     "anyhow::Error",	"eyre::Result",
		"eyre::Report",	      "eyre::Error",	"color_eyre::Result",
		"color_eyre::Report", "failure::Error",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (span_eqs(path, paths[i]))
			return true;
	return false;
}

/* `Box<dyn Error + …>` at i, whatever stands in front of `Error`. */
static bool boxed(const struct source *s, struct arena *a, uint32_t i)
{
	struct span path;

	if (look_match(s, i, "Box < dyn") == LOOK_NONE)
		return false;
	i += 3;
	if (look_kind(s, i) == TOKEN_PATH_SEP)
		i++;
	while (look_kind(s, i + 1) == TOKEN_PATH_SEP)
		i += 2;
	path = look_path(s, a, i);
	return span_eqs(path, "Error") || span_ends(path, "error::Error");
}

/* The token of an error in the result of a function that tells nothing of
 * itself, or LOOK_NONE. */
static uint32_t opaque_error(const struct source *s, struct arena *a,
			     const struct item *it)
{
	uint32_t end = it->open != OUTLINE_NONE ? it->open : it->last;
	uint32_t i = look_generics(s, it->key + 2);

	if (look_kind(s, i) != TOKEN_OPEN_PAREN ||
	    look_kind(s, s->tree.mate[i] + 1) != TOKEN_ARROW)
		return LOOK_NONE;
	for (i = s->tree.mate[i] + 2; i < end; i++) {
		if (look_kind(s, i) == KW_WHERE)
			break;
		if (!lexer_name(look_kind(s, i)))
			continue;
		if (boxed(s, a, i) || opaque(look_path(s, a, i)))
			return i;
	}
	return LOOK_NONE;
}

/* Did a public function of the file give such errors before? */
static bool customary(const struct source *was, struct arena *a)
{
	for (uint32_t i = 0; was && i < was->outline.count; i++) {
		const struct item *it = &was->outline.item[i];

		if (it->kind == ITEM_FN && it->vis == VIS_PUB &&
		    !(it->flags & ITEM_IN_TEST) &&
		    opaque_error(was, a, it) != LOOK_NONE)
			return true;
	}
	return false;
}

/* Is the file's crate made for others? */
static bool promised(const struct rule_file *f)
{
	return f->reach && f->reach->published;
}

static void run_errors(struct rule_run *r, const struct rule_input *in)
{
	const struct rule_file *asked = NULL;
	bool usual = false;

	vec_each (const struct api_row, row, &in->api->rows) {
		const struct rule_file *f = &in->file[row->now_file];
		uint32_t at;

		if (row->kind != ITEM_FN || row->now == OUTLINE_NONE ||
		    !row->now_public || !promised(f) ||
		    (row->op != API_ADDED && !(row->parts & API_RESULT)) ||
		    look_program(f->now))
			continue;
		at = opaque_error(f->now, rule_arena(r), now_item(in, row));
		if (at == LOOK_NONE)
			continue;
		if (asked != f)
			usual = customary(f->was, rule_arena(r));
		asked = f;
		if (usual)
			continue;
		rule_turn_to(r, f);
		rule_found(r, at, LOOK_NONE, "the public `%.*s` gives `%s`",
			   SPAN_ARG(row->new_name),
			   look_is(f->now, at, "Box")
				   ? "Box<dyn Error>"
				   : arena_cstr(rule_arena(r),
						look_path(f->now, rule_arena(r),
							  at)));
	}
}

const struct rule rule_boxed_error = {
	.id = "boxed-error-in-library",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "idiomatic-rust",
	.about = "a library's public function whose error has no type",
	.consequence = "who calls it can print what went wrong, but not tell "
		       "one error from another",
	.remedy = "will callers have to, and is an error type of the crate's "
		  "own due?",
	.why = "Box<dyn Error> and anyhow::Error say that something failed. An "
	       "application logs it and is done; a library's caller may want "
	       "to retry, to map it to a status, or to ignore one kind. A type "
	       "of variants (by thiserror, say) can be matched, and is part of "
	       "what SemVer promises. Asked of crates made for others, and not "
	       "where the file's public functions do so already.",
	.bad = "+pub fn load(path: &Path) -> anyhow::Result<Config> {\n",
	.good = "+pub fn load(path: &Path) -> Result<Config, LoadError> {\n",
	.run_change = run_errors,
};

/* Lines of a function's body that are new. */
static uint32_t new_lines(const struct rule_file *f, const struct item *it)
{
	uint32_t n = 0, line = 0;

	if (it->open == OUTLINE_NONE)
		return 0;
	for (uint32_t i = it->open + 1; i < it->last; i++) {
		if (look_line(f->now, i) == line)
			continue;
		line = look_line(f->now, i);
		n += (f->line[line] & (LINE_ADDED | LINE_MOVED)) == LINE_ADDED;
	}
	return n;
}

static void run_untested(struct rule_run *r, const struct rule_input *in)
{
	const struct api_row *most = NULL;
	uint32_t lines = 0, count = 0;

	if (in->tests_touched || in->existing)
		return;
	vec_each (const struct api_row, row, &in->api->rows) {
		uint32_t n;

		if (row->kind != ITEM_FN || row->op != API_ADDED ||
		    !row->now_public || !promised(&in->file[row->now_file]) ||
		    look_program(in->file[row->now_file].now))
			continue;
		n = new_lines(&in->file[row->now_file], now_item(in, row));
		count += n >= LINES_MIN;
		if (n > lines) {
			lines = n;
			most = row;
		}
	}
	if (lines < LINES_MIN)
		return;
	rule_turn_to(r, &in->file[most->now_file]);
	for (uint32_t i = now_item(in, most)->head;
	     i < now_item(in, most)->last; i++) {
		if (!rule_asks(r, i))
			continue;
		rule_found(r, i, LOOK_NONE,
			   count > 1 ? "the public `%.*s` has %u new lines, %u "
				       "more like it, and no line of a test "
				       "is added"
				     : "the public `%.*s` has %u new lines, "
				       "and no line of a test is added",
			   SPAN_ARG(most->new_name), lines, count - 1);
		return;
	}
}

const struct rule rule_public_fn_untested = {
	.id = "public-fn-untested",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "testing",
	.about = "public functions added, and no test",
	.consequence = "nothing in the change shows that they do what they "
		       "should",
	.remedy = "which test covers the new lines?",
	.why = "A test that fails without the change and passes with it is the "
	       "best account of what the change does. Asked once a change, and "
	       "only of public functions that are new in a crate made for "
	       "others, with ten new lines or more: what is taken out of "
	       "another, moved or changed is mostly tested where it was.",
	.bad = "+pub fn evict(&mut self, now: Instant) -> usize {\n"
	       "+    …\n"
	       "+}\n",
	.good = "+pub fn evict(&mut self, now: Instant) -> usize {\n"
		"+    …\n"
		"+}\n"
		"+#[test]\n"
		"+fn evicts_what_expired() {\n",
	.compares = true,
	.run_change = run_untested,
};
