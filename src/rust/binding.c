#include "rust/binding.h"

#include "base/arena.h"
#include "rust/look.h"
#include "rust/names.h"

/* Items around a token that are looked at, bindings of one name that are looked
 * at, tokens of a type, and tokens of a struct. */
#define AROUND_MAX 32
#define BACK_MAX 64
#define TYPE_TOKENS 32
#define FIELD_TOKENS 1024

/* The outermost function around a token: what is in it may be bound in it. */
static uint32_t outermost(const struct source *s, uint32_t token)
{
	uint32_t i = outline_at(&s->outline, s->lx.tok[token].start);
	uint32_t found = OUTLINE_NONE, n = 0;

	for (; i != OUTLINE_NONE && n < AROUND_MAX;
	     i = s->outline.item[i].parent, n++)
		if (s->outline.item[i].kind == ITEM_FN)
			found = i;
	return found;
}

struct span binding_self(const struct source *s, uint32_t token)
{
	uint32_t i = outline_at(&s->outline, s->lx.tok[token].start), n = 0;

	for (; i != OUTLINE_NONE && n < AROUND_MAX;
	     i = s->outline.item[i].parent, n++) {
		const struct item *it = &s->outline.item[i];

		if (it->kind == ITEM_IMPL || it->kind == ITEM_TRAIT)
			return it->name;
	}
	return (struct span){ 0 };
}

static bool capital(struct span word)
{
	return word.len && *word.ptr >= 'A' && *word.ptr <= 'Z';
}

/* Is a value of the type named at i all that the expression is: `T::new(…)?;`,
 * `T { … };`? What is called on it may give another. */
static bool whole_value(const struct source *s, uint32_t i)
{
	static const char *const same[] = { ". await", ". unwrap ()",
					    ". expect ()", "?" };
	uint32_t next = look_match(s, i, "$ {}"), k = 0;

	if (next == LOOK_NONE)
		next = look_match(s, i, "$ ()");
	if (next == LOOK_NONE)
		next = look_match(s, i, "$ :: $ ()");
	while (next != LOOK_NONE && k < sizeof(same) / sizeof(*same)) {
		uint32_t behind = look_match(s, next, same[k++]);

		if (behind != LOOK_NONE) {
			next = behind;
			k = 0;
		}
	}
	return next != LOOK_NONE && (look_kind(s, next) == TOKEN_SEMI ||
				     look_kind(s, next) == TOKEN_COMMA ||
				     look_kind(s, next) == TOKEN_CLOSE_PAREN);
}

/* The name of the type that is written from token i on: `T` of `&mut T`,
 * `a::T<U>` and `Arc<T>`. `value`: an expression that tells it, `T::new()`. */
static struct span type_name(const struct source *s, uint32_t i, bool value)
{
	struct span name = { 0 };
	uint32_t end = i + TYPE_TOKENS;

	for (; i < end; i++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_AND || kind == TOKEN_LIFETIME ||
		    kind == KW_MUT || kind == KW_DYN || kind == KW_IMPL ||
		    kind == TOKEN_PATH_SEP || kind == TOKEN_STAR ||
		    kind == KW_CONST)
			continue;
		if (kind == KW_SELF_TYPE)
			return binding_self(s, i);
		if (!lexer_any_word(kind))
			break;
		name = lexer_word(&s->lx, i);
		if (names_wrapper(name)) {
			/* `Arc<T>`, `Arc::new(T::new())` */
			if (look_kind(s, i + 1) == TOKEN_LESS)
				i++;
			else if (value &&
				 look_match(s, i + 1, ":: new (") != LOOK_NONE)
				i += 3;
			name = (struct span){ 0 };
		} else if (capital(name)) {
			if (value && !whole_value(s, i))
				return (struct span){ 0 };
			break;
		}
	}
	/* `Some(x)`, `Vec::new()`: std's, and no index knows them */
	return capital(name) && !names_prelude(name) ? name
						     : (struct span){ 0 };
}

/* Is the `|` at i one of a closure's two, not half of an `||`? */
static bool bar(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == TOKEN_OR &&
	       !(look_kind(s, i + 1) == TOKEN_OR && lexer_glued(&s->lx, i)) &&
	       !(i && look_kind(s, i - 1) == TOKEN_OR &&
		 lexer_glued(&s->lx, i - 1));
}

/* Does a pattern or parameter bind the name at i, and to which type? */
static bool binds(const struct source *s, const struct item *fn, uint32_t i,
		  struct span *type)
{
	enum token_kind before = look_kind(s, i - 1);
	enum token_kind next = look_kind(s, i + 1);
	bool head =
		i < fn->open && next == TOKEN_COLON && before != TOKEN_PATH_SEP;
	bool mut = before == KW_MUT && look_kind(s, i - 2) != TOKEN_AND;
	bool let = before == KW_LET || (mut && look_kind(s, i - 2) == KW_LET);
	bool closure =
		(bar(s, i - 1) &&
		 (next == TOKEN_COMMA || next == TOKEN_COLON)) ||
		(bar(s, i + 1) && (bar(s, i - 1) || before == TOKEN_COMMA));

	*type = (struct span){ 0 };
	if (next == TOKEN_COLON && (head || let || closure))
		*type = type_name(s, i + 2, false);
	else if (let && next == TOKEN_EQ)
		*type = type_name(s, i + 2, true);
	return let || closure || head || mut || before == KW_REF ||
	       before == KW_FOR;
}

static void add(struct bindings *b, uint32_t token, struct span type)
{
	struct arena *a = &b->scratch;
	uint32_t n = skim_add(&b->names, a, lexer_word(&b->source->lx, token));

	if (n == SKIM_NONE)
		return;
	if (n == b->last.len)
		vec_push(&b->last, a);
	*vec_push(&b->rows, a) =
		(struct binding){ token, b->last.ptr[n], type };
	b->last.ptr[n] = (uint32_t)b->rows.len;
}

/* Collect what a function binds, unless it was the last one asked about. */
static void turn_to(struct bindings *b, uint32_t item)
{
	const struct source *s = b->source;
	struct span type;

	if (b->item == item + 1)
		return;
	arena_reset(&b->scratch);
	b->names = (struct skim){ 0 };
	b->last.ptr = NULL;
	b->last.len = b->last.cap = 0;
	b->rows.ptr = NULL;
	b->rows.len = b->rows.cap = 0;
	b->item = item + 1;
	if (item == OUTLINE_NONE)
		return;
	for (uint32_t i = s->outline.item[item].key + 2;
	     i <= s->outline.item[item].last; i++)
		if (lexer_name(look_kind(s, i)) &&
		    binds(s, &s->outline.item[item], i, &type))
			add(b, i, type);
}

/* The last binding of the name at a token before it, or NULL. */
static const struct binding *find(struct bindings *b, uint32_t token)
{
	uint32_t n, row, steps = 0;

	turn_to(b, outermost(b->source, token));
	n = skim_find(&b->names, lexer_word(&b->source->lx, token));
	if (n == SKIM_NONE)
		return NULL;
	for (row = b->last.ptr[n]; row && steps < BACK_MAX; steps++) {
		const struct binding *at = &b->rows.ptr[row - 1];

		if (at->token < token)
			return at;
		row = at->before;
	}
	return NULL;
}

bool binding_known(struct bindings *b, uint32_t token)
{
	return find(b, token);
}

static void index_structs(struct bindings *b)
{
	const struct outline *o = &b->source->outline;

	b->indexed = true;
	for (uint32_t i = 0; i < o->count; i++) {
		uint32_t n;

		if (o->item[i].kind != ITEM_STRUCT)
			continue;
		n = skim_add(&b->structs, b->arena, o->item[i].name);
		if (n != SKIM_NONE && n == b->struct_item.len)
			*vec_push(&b->struct_item, b->arena) = i;
	}
}

/* The type of a field of a struct of this file. */
static struct span field_type(struct bindings *b, struct span type,
			      struct span field)
{
	const struct source *s = b->source;
	const struct item *it;
	uint32_t n, i, end;

	if (!b->indexed)
		index_structs(b);
	n = skim_find(&b->structs, type);
	if (n == SKIM_NONE)
		return (struct span){ 0 };
	it = &s->outline.item[b->struct_item.ptr[n]];
	if (it->open == OUTLINE_NONE)
		return (struct span){ 0 };
	end = it->last < it->open + FIELD_TOKENS ? it->last
						 : it->open + FIELD_TOKENS;
	for (i = it->open + 1; i < end; i++)
		if (s->tree.parent[i] == it->open &&
		    look_kind(s, i + 1) == TOKEN_COLON &&
		    lexer_name(look_kind(s, i)) &&
		    span_eq(lexer_word(&s->lx, i), field))
			return type_name(s, i + 2, false);
	return (struct span){ 0 };
}

struct span binding_receiver(struct bindings *b, uint32_t dot)
{
	const struct source *s = b->source;
	uint32_t i = dot - 1;
	const struct binding *bound;

	if (!dot)
		return (struct span){ 0 };
	if (look_kind(s, i) == KW_SELF)
		return binding_self(s, i);
	if (!lexer_name(look_kind(s, i)))
		return (struct span){ 0 };
	if (i > 1 && look_kind(s, i - 1) == TOKEN_DOT)
		return look_kind(s, i - 2) == KW_SELF
			       ? field_type(b, binding_self(s, i),
					    lexer_word(&s->lx, i))
			       : (struct span){ 0 };
	if (i && look_kind(s, i - 1) == TOKEN_PATH_SEP)
		return (struct span){ 0 };
	bound = find(b, i);
	return bound ? bound->type : (struct span){ 0 };
}
