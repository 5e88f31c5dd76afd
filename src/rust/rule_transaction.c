/*
 * Transactions that are begun, written through and never committed. What is
 * not plainly one (moved on, finished under another name) is passed over. Only
 * so many are looked at, each so far, that the whole is linear.
 */
#include "rust/item.h"
#include "rust/rule.h"
#include "rust/sql.h"

#define SCOPE_MAX 6000
#define TRANSACTIONS_MAX 1000

struct transaction {
	struct span name;
	uint32_t begin;	    /* `begin` */
	uint32_t binding;   /* the name's token */
	uint32_t from, end; /* where it lives */
};

static bool holds_nocase(struct span text, const char *word)
{
	size_t n = span_of(word).len;

	for (size_t i = 0; i + n <= text.len; i++)
		if (span_eqs_nocase(span_first(span_from(text, i), n), word))
			return true;
	return false;
}

/* Is one of the words of a snake_case name this one? */
static bool has_word(struct span name, const char *want)
{
	struct span word;

	while (text_field(&name, '_', &word))
		if (span_eqs_nocase(word, want))
			return true;
	return false;
}

/* `commit`, `commit_all`, `maybe_commit`; not `find_by_branch_and_commit`. */
static bool commits(struct span name)
{
	struct span rest = name, first;
	size_t words = 0;

	while (text_field(&rest, '_', &first))
		words++;
	rest = name;
	text_field(&rest, '_', &first);
	return span_eqs_nocase(first, "commit") ||
	       (words == 2 && has_word(name, "commit"));
}

/* The `;` from token i on in its group, or `end`. */
static uint32_t statement_end(const struct source *s, uint32_t i, uint32_t end)
{
	while (i < end && look_kind(s, i) != TOKEN_SEMI)
		i = item_skip(&s->tree, i);
	return i < end ? i : end;
}

/* Behind `.await`, `?` and methods that hand an error on, from token i. */
static uint32_t behind_chain(const struct source *s, uint32_t i, bool *awaited)
{
	while (i < s->lx.count) {
		uint32_t open;

		if (look_kind(s, i) == TOKEN_QUESTION) {
			i++;
			continue;
		}
		if (look_kind(s, i) != TOKEN_DOT)
			break;
		if (look_kind(s, i + 1) == KW_AWAIT) {
			*awaited = true;
			i += 2;
			continue;
		}
		open = look_method(s, i + 1);
		if (open == LOOK_NONE ||
		    !names_hands_on(lexer_word(&s->lx, i + 1)))
			break;
		i = item_skip(&s->tree, open);
	}
	return i;
}

/* `let mut tx = pool.begin().await?;` whose `begin` is token i. */
static bool read_transaction(struct transaction *out, const struct source *s,
			     uint32_t i)
{
	uint32_t open = look_method(s, i), at, behind, first, block;
	bool awaited = false;

	if (open == LOOK_NONE || !names_begin(lexer_word(&s->lx, i)))
		return false;
	first = s->tree.first[i];
	at = look_match(s, first, "let");
	if (at == LOOK_NONE)
		return false;
	/* let Ok(mut tx) = … else { … }; */
	if (look_match(s, at, "Ok (") != LOOK_NONE)
		at += 2;
	at += look_kind(s, at) == KW_MUT ? 1 : 0;
	behind = behind_chain(s, item_skip(&s->tree, open), &awaited);
	block = s->tree.parent[first];
	if (!lexer_name(look_kind(s, at)) || !awaited || block == TREE_NONE)
		return false;
	/* the statement's value: its end, `else {`, or `match … {` */
	if (look_kind(s, behind) == TOKEN_OPEN_BRACE ||
	    look_kind(s, behind) == KW_ELSE)
		behind = statement_end(s, behind, s->tree.mate[block]);
	if (look_kind(s, behind) != TOKEN_SEMI)
		return false;
	*out = (struct transaction){ .name = lexer_word(&s->lx, at),
				     .begin = i,
				     .binding = at,
				     .from = behind + 1,
				     .end = s->tree.mate[block] };
	return out->end - out->from <= SCOPE_MAX;
}

/* Is the name at i borrowed, or asked for something that leaves it whole? */
static bool borrowed(const struct source *s, uint32_t i)
{
	uint32_t before = i - 1;

	if (look_kind(s, i + 1) == TOKEN_DOT)
		return look_method(s, i + 2) == LOOK_NONE ||
		       look_is(s, i + 2, "rollback") ||
		       !names_finish(lexer_word(&s->lx, i + 2));
	/* a field of something, a key of a struct literal, a named argument */
	if (look_kind(s, before) == TOKEN_DOT ||
	    look_kind(s, i + 1) == TOKEN_COLON)
		return true;
	while (look_kind(s, before) == TOKEN_STAR)
		before--;
	return look_kind(s, before) == TOKEN_AND ||
	       (look_kind(s, before) == KW_MUT &&
		look_kind(s, before - 1) == TOKEN_AND);
}

/* Do the comments there say that the roll-back is meant? */
static bool says_so(const struct source *s, uint32_t from, uint32_t to)
{
	static const char *const words[] = { "rolled back", "rolls back",
					     "roll back", "roll it back" };
	uint32_t c = lexer_comment_at(&s->lx, s->lx.tok[from].start);

	for (;
	     c < s->lx.comments && s->lx.comment[c].start < s->lx.tok[to].start;
	     c++) {
		struct span text = { s->lx.src.ptr + s->lx.comment[c].start,
				     s->lx.comment[c].len };

		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (holds_nocase(text, words[i]))
				return true;
	}
	return false;
}

/* `query("COMMIT")`, `tx.commit()`, `commit_all(&mut tx)`; a rollback further
 * in is one of the ways that fail. */
static bool ends_it(const struct source *s, const struct transaction *t,
		    uint32_t i)
{
	struct span word = lexer_text(&s->lx, i);

	if (!lexer_name(look_kind(s, i)))
		return holds_nocase(span_first(word, 12), "commit") ||
		       holds_nocase(span_first(word, 12), "rollback");
	if (look_kind(s, i + 1) != TOKEN_OPEN_PAREN)
		return false;
	if (has_word(word, "rollback"))
		return s->tree.parent[i] ==
		       s->tree.parent[s->tree.first[t->begin]];
	return commits(word);
}

/* Does `let` at i give the name to something else? */
static bool shadows(const struct source *s, const struct transaction *t,
		    uint32_t i)
{
	i += look_kind(s, i + 1) == KW_MUT ? 2 : 1;
	return span_eq(lexer_word(&s->lx, i), t->name);
}

/* Is it committed, rolled back or moved on where it lives? It ends where its
 * name is given to another. */
static bool finished(const struct source *s, struct transaction *t)
{
	uint32_t block = s->tree.parent[s->tree.first[t->begin]];

	for (uint32_t i = t->from; i < t->end; i++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == KW_LET && shadows(s, t, i)) {
			if (s->tree.parent[i] != block)
				return true;
			i += look_kind(s, i + 1) == KW_MUT ? 2 : 1;
			t->end = statement_end(s, i, t->end);
			continue;
		}
		if (!lexer_name(kind) && kind != TOKEN_STR &&
		    kind != TOKEN_RAW_STR)
			continue;
		if (ends_it(s, t, i))
			return true;
		if (lexer_name(kind) &&
		    span_eq(lexer_word(&s->lx, i), t->name) && !borrowed(s, i))
			return true;
	}
	return says_so(s, t->begin, t->end);
}

/* `.execute(&mut *tx)` behind a query that only reads, or sets or locks. */
static bool reads(const struct source *s, uint32_t call)
{
	for (uint32_t i = s->tree.first[call]; i < call + 3; i++)
		if ((look_kind(s, i) == TOKEN_STR ||
		     look_kind(s, i) == TOKEN_RAW_STR) &&
		    !sql_writes(lexer_text(&s->lx, i)))
			return true;
	return false;
}

/* A call that writes, among the methods of token i, or with it as an argument;
 * LOOK_NONE. */
static uint32_t write_call(const struct source *s, uint32_t i)
{
	uint32_t open, call = LOOK_NONE;

	/* tx.users().insert(…) */
	while (look_kind(s, i + 1) == TOKEN_DOT) {
		call = i + 2;
		open = look_method(s, call);
		if (open == LOOK_NONE)
			return LOOK_NONE;
		if (names_write(lexer_word(&s->lx, call)))
			return reads(s, call) ? LOOK_NONE : call;
		i = s->tree.mate[open];
	}
	open = s->tree.parent[i];
	if (call != LOOK_NONE || open == TREE_NONE || !open ||
	    look_kind(s, open) != TOKEN_OPEN_PAREN ||
	    !lexer_name(look_kind(s, open - 1)))
		return LOOK_NONE;
	call = open - 1;
	return names_write(lexer_word(&s->lx, call)) && !reads(s, call)
		       ? call
		       : LOOK_NONE;
}

/* Where something is written while it lives; added lines are preferred. */
static uint32_t find_write(const struct rule_run *r, const struct source *s,
			   const struct transaction *t)
{
	uint32_t first = LOOK_NONE;

	for (uint32_t i = t->from; i < t->end; i++) {
		enum token_kind kind = look_kind(s, i);
		uint32_t at = LOOK_NONE;

		if (kind == TOKEN_STR || kind == TOKEN_RAW_STR) {
			if (sql_writes(lexer_text(&s->lx, i)))
				at = i;
		} else if (lexer_name(kind) &&
			   span_eq(lexer_word(&s->lx, i), t->name)) {
			at = write_call(s, i);
		}
		if (at == LOOK_NONE)
			continue;
		if (rule_asks(r, at))
			return at;
		if (first == LOOK_NONE)
			first = at;
	}
	return first;
}

/* The same function's commit of it, in the file as it was. */
static uint32_t lost_commit(const struct source *was, struct span fn,
			    struct span name)
{
	for (uint32_t k = 0; k < was->outline.count; k++) {
		const struct item *it = &was->outline.item[k];

		if (it->kind != ITEM_FN || it->open == OUTLINE_NONE ||
		    !span_eq(it->name, fn))
			continue;
		for (uint32_t i = it->open; i < it->last; i++)
			if (look_is(was, i, "commit") && i > it->open + 1 &&
			    look_method(was, i) != LOOK_NONE &&
			    span_eq(lexer_word(&was->lx, i - 2), name))
				return i;
	}
	return LOOK_NONE;
}

static void check(struct rule_run *r, const struct source *s,
		  struct transaction *t)
{
	const struct source *was = rule_file(r)->was;
	uint32_t write, item, lost;

	if (finished(s, t))
		return;
	write = find_write(r, s, t);
	if (write == LOOK_NONE)
		return;
	if (rule_found(r, t->binding, write,
		       "the transaction `%.*s` begun at line %u is written "
		       "through at line %u and never committed",
		       SPAN_ARG(t->name), look_line(s, t->begin),
		       look_line(s, write)))
		return;
	item = source_item(s, t->begin, ITEM_FN);
	if (!was || item == OUTLINE_NONE || !rule_speaks(r, t->begin))
		return;
	lost = lost_commit(was, s->outline.item[item].name, t->name);
	if (lost != LOOK_NONE)
		rule_lost(r, lost,
			  "the transaction `%.*s` is no longer committed, but "
			  "still begun and written through",
			  SPAN_ARG(t->name));
}

static void run(struct rule_run *r, const struct source *s)
{
	struct transaction t;
	uint32_t n = 0;

	if (!look_names(s, "sqlx") && !look_names(s, "sea_orm") &&
	    !look_names(s, "sea_orm_migration"))
		return;
	for (uint32_t i = 0; i < s->lx.count && n < TRANSACTIONS_MAX; i++) {
		if (look_kind(s, i) != TOKEN_IDENT ||
		    !read_transaction(&t, s, i))
			continue;
		check(r, s, &t);
		n++;
	}
}

const struct rule rule_sqlx_transaction_unfinished = {
	.id = "sqlx-transaction-unfinished",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "critical-issues",
	.about = "a transaction begun and written through, but never committed",
	.consequence = "it is rolled back when it is dropped, and what was "
		       "written is lost without an error",
	.remedy = "call `.commit().await?` where the work is done, or "
		  "`.rollback()` to say that it is meant",
	.why = "A sqlx or SeaORM Transaction that goes out of scope rolls "
	       "back: "
	       "right on the way out through `?`, a silent loss of all writes "
	       "on the way that succeeds. The queries return rows as if all "
	       "were well, and a test that reads through the same transaction "
	       "sees them.",
	.bad = "use sqlx::PgPool;\n"
	       "\n"
	       "async fn rename(db: &PgPool, id: i64, name: &str) -> "
	       "sqlx::Result<()> {\n"
	       "    let mut tx = db.begin().await?;\n"
	       "    sqlx::query(\"UPDATE users SET name = $2 WHERE id = $1\")\n"
	       "        .bind(id)\n"
	       "        .bind(name)\n"
	       "        .execute(&mut *tx)\n"
	       "        .await?;\n"
	       "    Ok(())\n"
	       "}\n",
	.good = "use sqlx::PgPool;\n"
		"\n"
		"async fn rename(db: &PgPool, id: i64, name: &str) -> "
		"sqlx::Result<()> {\n"
		"    let mut tx = db.begin().await?;\n"
		"    sqlx::query(\"UPDATE users SET name = $2 WHERE id = "
		"$1\")\n"
		"        .bind(id)\n"
		"        .bind(name)\n"
		"        .execute(&mut *tx)\n"
		"        .await?;\n"
		"    tx.commit().await\n"
		"}\n",
	.run = run,
};
