#include "rust/clones.h"

#include "base/arena.h"
#include "rust/binding.h"
#include "rust/look.h"
#include "rust/member.h"

/* So far is a name's binding looked for. */
#define BACK_MAX 2048
/* Tokens of a path in front of its last segment. */
#define PATH_MAX 16

const char *clone_of_name(enum clone_of of)
{
	static const char *const names[CLONE_KINDS] = {
		[CLONE_NONE] = "",
		[CLONE_ARC] = "Arc",
		[CLONE_STRING] = "String",
	};

	return names[of];
}

static enum clone_of word_of(const struct source *s, uint32_t i)
{
	if (look_is(s, i, "Arc"))
		return CLONE_ARC;
	return look_is(s, i, "String") ? CLONE_STRING : CLONE_NONE;
}

/* The last segment of the path at i. */
static uint32_t last_segment(const struct source *s, uint32_t i)
{
	for (unsigned n = 0; n < PATH_MAX; n++) {
		if (look_kind(s, i + 1) != TOKEN_PATH_SEP ||
		    !lexer_name(look_kind(s, i + 2)))
			break;
		i += 2;
	}
	return i;
}

/* The type at i: `Arc<T>`, `&std::sync::Arc<T>`, `&'a String`. */
static enum clone_of type_at(const struct source *s, uint32_t i)
{
	while (look_kind(s, i) == TOKEN_AND || look_kind(s, i) == KW_MUT ||
	       look_kind(s, i) == TOKEN_LIFETIME)
		i++;
	return word_of(s, last_segment(s, i));
}

/* The value at i: `Arc::new(…)`, `String::from(…)`, `format!(…)`, as a whole.
 */
static enum clone_of value_at(const struct source *s, uint32_t i)
{
	uint32_t last = last_segment(s, i), behind;
	enum clone_of of = CLONE_NONE;

	if (look_is(s, last, "format") && look_kind(s, last + 1) == TOKEN_NOT) {
		of = CLONE_STRING;
		last++;
	} else if (look_is(s, last, "new") || look_is(s, last, "from") ||
		   look_is(s, last, "clone")) {
		of = last > 1 ? word_of(s, last - 2) : CLONE_NONE;
	}
	if (look_kind(s, last + 1) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, last + 1))
		return CLONE_NONE;
	behind = s->tree.mate[last + 1] + 1;
	return look_kind(s, behind) == TOKEN_SEMI ? of : CLONE_NONE;
}

/* In parameters, not in a struct's literal? */
static bool in_list(const struct source *s, uint32_t i)
{
	uint32_t open = s->tree.parent[i];

	return open != TREE_NONE && look_kind(s, open) == TOKEN_OPEN_PAREN;
}

/* Is the name at i bound there, and to what? false: it is only used. */
static bool bound(const struct source *s, uint32_t i, enum clone_of *of)
{
	enum token_kind before = look_kind(s, i - 1),
			next = look_kind(s, i + 1);
	bool let = before == KW_LET ||
		   (before == KW_MUT && look_kind(s, i - 2) == KW_LET);

	*of = CLONE_NONE;
	if (next == TOKEN_COLON &&
	    (let || before == TOKEN_OPEN_PAREN || before == TOKEN_OR ||
	     before == KW_MUT || (before == TOKEN_COMMA && in_list(s, i)))) {
		*of = type_at(s, i + 2);
		return true;
	}
	if (let && next == TOKEN_EQ)
		*of = value_at(s, i + 2);
	/* what a loop, a closure or a pattern gives is not visible */
	return let || before == KW_FOR || before == TOKEN_OR ||
	       before == KW_REF || next == TOKEN_OR ||
	       (before == TOKEN_OPEN_PAREN && next == TOKEN_CLOSE_PAREN &&
		(look_kind(s, i + 2) == TOKEN_EQ ||
		 look_kind(s, i + 2) == TOKEN_FAT_ARROW));
}

static enum clone_of name_type(const struct source *s, uint32_t use)
{
	struct span name = lexer_word(&s->lx, use);
	uint32_t fn = source_item(s, use, ITEM_FN), from;
	enum clone_of of;

	if (fn == OUTLINE_NONE)
		return CLONE_NONE;
	from = s->outline.item[fn].key;
	if (use - from > BACK_MAX)
		from = use - BACK_MAX;
	for (uint32_t i = use - 1; i > from; i--)
		if (lexer_name(look_kind(s, i)) &&
		    span_eq(lexer_word(&s->lx, i), name) && bound(s, i, &of))
			return of;
	return CLONE_NONE;
}

/* A field of the type whose impl it is used in. */
static enum clone_of field_type(const struct source *s, struct arena *a,
				uint32_t use)
{
	struct span self = binding_self(s, use);

	for (uint32_t i = 0; self.len && i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];
		const struct member *m;
		struct members in = { 0 };

		if (it->kind != ITEM_STRUCT || !span_eq(it->name, self))
			continue;
		item_members_find(&in, a, s, it);
		m = item_member_named(&in, lexer_word(&s->lx, use));
		/* the tokens behind the name begin with its colon, or not */
		return !m ? CLONE_NONE
			  : type_at(s, m->from + (look_kind(s, m->from) ==
						  TOKEN_COLON));
	}
	return CLONE_NONE;
}

/* `self.x` and `x` that end at `last`, and what they are. */
static enum clone_of operand(const struct source *s, struct arena *a,
			     uint32_t last, uint32_t *first)
{
	*first = last;
	if (!lexer_name(look_kind(s, last)) || !last)
		return CLONE_NONE;
	if (look_kind(s, last - 1) != TOKEN_DOT)
		return look_kind(s, last - 1) == TOKEN_PATH_SEP
			       ? CLONE_NONE
			       : name_type(s, last);
	*first = last - 2;
	if (last < 2 || look_kind(s, last - 2) != KW_SELF ||
	    (last > 2 && look_kind(s, last - 3) == TOKEN_DOT))
		return CLONE_NONE;
	return field_type(s, a, last);
}

static void add(struct clones *out, struct arena *a, const struct source *s,
		enum clone_of of, uint32_t first, uint32_t last, uint32_t token)
{
	const struct token *from = &s->lx.tok[first], *to = &s->lx.tok[last];
	struct span name = { s->lx.src.ptr + from->start,
			     to->start + to->len - from->start };

	if (of != CLONE_NONE)
		*vec_push(&out->rows, a) =
			(struct clone_row){ of, name, token };
}

void clones_find(struct clones *out, struct arena *a, const struct source *s)
{
	unsigned n = 0;

	for (uint32_t i = 2; i < s->lx.count && n < CLONES_MAX; i++) {
		uint32_t first, last;

		if (look_kind(s, i) != TOKEN_IDENT || !look_is(s, i, "clone") ||
		    s->context.flags[i] & CONTEXT_MACRO_DEF ||
		    source_test(s, i))
			continue;
		n++;
		if (look_match(s, i - 1, ". clone ( )") != LOOK_NONE) {
			enum clone_of of = operand(s, a, i - 2, &first);

			add(out, a, s, of, first, i - 2, i);
			continue;
		}
		if (look_match(s, i - 1, ":: clone ( &") == LOOK_NONE ||
		    !tree_paired(&s->tree, i + 1))
			continue;
		first = i + 3;
		last = s->tree.mate[i + 1] - 1;
		if (last == first ||
		    (last == first + 2 && look_kind(s, first) == KW_SELF &&
		     look_kind(s, first + 1) == TOKEN_DOT))
			add(out, a, s, word_of(s, i - 2), first, last, i);
	}
}
