/*
 * Every point the agent must carry (tests/data/seed-points.tsv) is in the
 * prompts that are embedded, and the prompts have the form others rely on.
 */
#include "base/fs.h"
#include "base/vec.h"
#include "core/report.h"
#include "test.h"

#define PROMPT(symbol)              \
	extern const char symbol[]; \
	extern const unsigned long symbol##_len

PROMPT(prompt_rust_systems_architect);
PROMPT(prompt_contract);
PROMPT(prompt_task_review);
PROMPT(prompt_task_code);
PROMPT(prompt_task_design);
PROMPT(prompt_repair);
PROMPT(prompt_continue);

static struct arena arena;

static struct span agent_file(void)
{
	return (struct span){ prompt_rust_systems_architect,
			      prompt_rust_systems_architect_len };
}

/* Cut the agent file at its first pair of `---` lines. */
static void cut_agent(struct span *front, struct span *body)
{
	struct span rest = agent_file(), line;

	ck_assert(text_line(&rest, &line) && span_eqs(line, "---"));
	*front = rest;
	while (text_line(&rest, &line) && !span_eqs(line, "---"))
		;
	ck_assert(span_eqs(line, "---"));
	front->len = (size_t)(line.ptr - front->ptr);
	*body = rest;
}

/* The raw rest of the line `key: …` at column 0. */
static struct span field(const char *key)
{
	struct span rest, body, line;

	cut_agent(&rest, &body);
	while (text_line(&rest, &line))
		if (span_starts(line, key))
			return span_from(line, strlen(key));
	ck_abort_msg("no field %s", key);
}

static struct span where(struct span name)
{
	struct span front, body;

	cut_agent(&front, &body);
	if (span_eqs(name, "front"))
		return front;
	if (span_eqs(name, "body"))
		return body;
	if (span_eqs(name, "contract.md"))
		return span_of(prompt_contract);
	if (span_eqs(name, "task-review.md"))
		return span_of(prompt_task_review);
	if (span_eqs(name, "task-design.md"))
		return span_of(prompt_task_design);
	ck_abort_msg("unknown place %.*s", SPAN_ARG(name));
}

struct point {
	struct span id, where, what, phrase;
};

struct points {
	VEC(struct point) all;
};

static void read_points(struct points *out)
{
	const char *top = getenv("ARCHITECT_TOP");
	const char *path = arena_printf(&arena, "%s/tests/data/seed-points.tsv",
					top ? top : ".");
	struct error err = { 0 };
	struct span rest, line;

	ck_assert_msg(fs_read(&rest, &arena, path, 1 << 20, &err) == 0, "%s",
		      err.msg);
	while (text_line(&rest, &line)) {
		struct point p = { 0 };

		if (span_starts(line, "#"))
			continue;
		ck_assert(text_field(&line, '\t', &p.id));
		ck_assert(text_field(&line, '\t', &p.where));
		ck_assert(text_field(&line, '\t', &p.what));
		p.phrase = line;
		ck_assert_msg(p.what.len && p.phrase.len, "row %.*s",
			      SPAN_ARG(p.id));
		*vec_push(&out->all, &arena) = p;
	}
}

START_TEST(every_point_is_carried_by_a_prompt)
{
	struct points points = { 0 };

	read_points(&points);
	ck_assert_uint_ge(points.all.len, 70);
	vec_each (struct point, p, &points.all)
		ck_assert_msg(span_find(where(p->where), p->phrase) >= 0,
			      "%.*s: '%.*s' is not in %.*s", SPAN_ARG(p->id),
			      SPAN_ARG(p->phrase), SPAN_ARG(p->where));
}
END_TEST

START_TEST(no_two_points_share_an_id_or_a_phrase_in_one_place)
{
	struct points points = { 0 };
	size_t i, k;

	read_points(&points);
	for (i = 0; i < points.all.len; i++)
		for (k = 0; k < i; k++) {
			const struct point *a = &points.all.ptr[i];
			const struct point *b = &points.all.ptr[k];

			ck_assert_msg(!span_eq(a->id, b->id), "id %.*s",
				      SPAN_ARG(a->id));
			ck_assert_msg(!span_eq(a->where, b->where) ||
					      !span_eq(a->phrase, b->phrase),
				      "phrase of %.*s", SPAN_ARG(a->id));
		}
}
END_TEST

START_TEST(the_front_matter_is_read_line_by_line)
{
	struct span description = field("description: ");

	ck_assert(span_eqs(field("name: "), "rust-systems-architect"));
	ck_assert(span_eqs(field("model: "), "sonnet"));
	ck_assert(span_find(description, SPAN("\\n- **4. ")) > 0);
	ck_assert(span_find(description, SPAN("\\n- **5. ")) < 0);
}
END_TEST

START_TEST(the_output_format_lists_the_eight_sections_in_order)
{
	struct span front, rest;
	size_t i;

	cut_agent(&front, &rest);
	ck_assert_int_ge(span_find(rest, SPAN("\n## Output Format\n")), 0);
	rest = span_from(rest,
			 (size_t)span_find(rest, SPAN("\n## Output Format\n")));
	for (i = 0; i < eight_sections.len; i++) {
		const char *item =
			arena_printf(&arena, "\n%zu. **%s**: ", i + 1,
				     eight_sections.want[i].name);
		ptrdiff_t at = span_find(rest, span_of(item));

		ck_assert_msg(at >= 0, "%s", eight_sections.want[i].name);
		rest = span_from(rest, (size_t)at + 1);
	}
}
END_TEST

static const struct {
	const char *name, *text;
	const char *slot; /* what the assembler fills in; NULL: nothing */
	size_t max_words;
} prompts[] = {
	{ "rust-systems-architect", prompt_rust_systems_architect, NULL, 2300 },
	{ "contract", prompt_contract, "{sections}", 680 },
	{ "task-review", prompt_task_review, NULL, 450 },
	{ "task-code", prompt_task_code, NULL, 450 },
	{ "task-design", prompt_task_design, NULL, 450 },
	{ "repair", prompt_repair, "{sections}", 80 },
	{ "continue", prompt_continue, "{tail}", 80 },
};

static size_t count_words(const char *s)
{
	size_t words = 0;
	bool inside = false;

	for (; *s; s++) {
		bool blank = *s == ' ' || *s == '\n' || *s == '\t';

		words += inside && blank;
		inside = !blank;
	}
	return words + inside;
}

START_TEST(a_prompt_has_its_slot_once_and_keeps_to_its_length)
{
	struct span text = span_of(prompts[_i].text);
	struct span slot = span_of(prompts[_i].slot);
	ptrdiff_t at = slot.len ? span_find(text, slot) : -1;

	ck_assert_uint_le(count_words(prompts[_i].text), prompts[_i].max_words);
	ck_assert(span_ends(text, "\n") && text_utf8_valid(text));
	ck_assert_int_eq(at >= 0, slot.len > 0);
	ck_assert_int_lt(span_find(span_from(text, (size_t)(at + 1)),
				   SPAN("{sections}")),
			 0);
	ck_assert_int_lt(
		span_find(span_from(text, (size_t)(at + 1)), SPAN("{tail}")),
		0);
}
END_TEST

static const char *const fence_names[] = {
	" guide,",    " diff,",	  " file,",    " intent,",
	" manifest,", " tree or", " request.",
};

START_TEST(the_contract_names_every_fence)
{
	struct span rest = span_of(prompt_contract), line;
	bool found = false;

	while (!found && text_line(&rest, &line))
		found = span_starts(line, "The name is ") &&
			span_find(line, span_of(fence_names[_i])) > 0;
	ck_assert_msg(found, "%s", fence_names[_i]);
}
END_TEST

static void release_arena(void)
{
	arena_release(&arena);
}

Suite *prompt_points_suite(void)
{
	Suite *s = suite_create("prompt_points");
	TCase *tc = tcase_create("prompt_points");

	tcase_add_checked_fixture(tc, NULL, release_arena);
	tcase_add_test(tc, every_point_is_carried_by_a_prompt);
	tcase_add_test(tc, no_two_points_share_an_id_or_a_phrase_in_one_place);
	tcase_add_test(tc, the_front_matter_is_read_line_by_line);
	tcase_add_test(tc, the_output_format_lists_the_eight_sections_in_order);
	add_rows(tc, a_prompt_has_its_slot_once_and_keeps_to_its_length,
		 prompts);
	add_rows(tc, the_contract_names_every_fence, fence_names);
	suite_add_tcase(s, tc);
	return s;
}
