/* Macros that say that the code is not done. */
#include "base/hashes.h"
#include "rust/apidiff_parts.h"
#include "rust/rule.h"
#include "rust/support.h"

/* So many tokens make a body that is known again. */
#define BODY_TOKENS 12
/* Words that make a comment a reason. */
#define REASON_WORDS 3

/* The bodies, as they were before the change, that have such a macro in them:
 * what repeats one of them was ported, not left unfinished. */
struct past {
	struct hashes bodies;
};

/* Does `unimplemented!` say what is not supported, and not that it will be?
 * Then it is an answer. */
static bool refuses(const struct source *s, uint32_t message)
{
	static const struct span later[] = { { "yet", 3 },
					     { "to do", 5 },
					     { "implement", 9 },
					     { "later", 5 },
					     { "for now", 7 } };
	struct span text = lexer_text(&s->lx, message);

	if (look_kind(s, message) != TOKEN_STR &&
	    look_kind(s, message) != TOKEN_RAW_STR)
		return false;
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (span_find(text, later[i]) >= 0)
			return false;
	return true;
}

static bool invokes(const struct source *s, uint32_t i, const char *name)
{
	return look_kind(s, i) == TOKEN_IDENT &&
	       look_kind(s, i + 1) == TOKEN_NOT &&
	       lexer_opens(look_kind(s, i + 2)) && look_is(s, i, name);
}

static bool undone(const struct source *s, uint32_t i)
{
	return invokes(s, i, "todo") || invokes(s, i, "unimplemented");
}

static uint64_t body_of(const struct source *s, uint32_t fn)
{
	const struct item *it = &s->outline.item[fn];

	return hash_tokens(s, it->open, it->last + 1);
}

static void read_past(struct past *p, struct arena *a,
		      const struct rule_input *in)
{
	for (size_t k = 0; k < in->files; k++) {
		const struct source *s = in->file[k].was;
		uint32_t last = OUTLINE_NONE;

		for (uint32_t i = 0; s && i < s->lx.count; i++) {
			uint32_t fn;

			if (!undone(s, i))
				continue;
			fn = source_item(s, i, ITEM_FN);
			if (fn == OUTLINE_NONE || fn == last)
				continue;
			last = fn;
			*vec_push(&p->bodies.rows, a) = body_of(s, fn);
		}
	}
	hashes_sort(&p->bodies);
}

/* The item around token i of which an answer holds for all: its fn. */
struct around {
	uint32_t fn;
	bool known;  /* it stood so in the old side, here or elsewhere */
	bool custom; /* it has such a macro on a line that is not new */
};

static void look_around(struct around *out, const struct rule_file *f,
			const struct past *p, uint32_t fn)
{
	const struct source *s = f->now;
	const struct item *it = &s->outline.item[fn];

	*out = (struct around){ .fn = fn };
	for (uint32_t i = it->key; i <= it->last && i < s->lx.count; i++)
		out->custom |= undone(s, i) &&
			       !(f->line[look_line(s, i)] & LINE_ADDED);
	out->known = it->open != OUTLINE_NONE &&
		     it->last - it->open >= BODY_TOKENS &&
		     hashes_has(&p->bodies, body_of(s, fn));
}

/* Words of a comment, but of none that documents or only promises. */
static bool gives_reason(struct span text)
{
	size_t words = 0;
	bool in = false;

	if (span_starts(text, "///") || span_starts(text, "/**") ||
	    span_find(text, SPAN("TO"
				 "DO")) >= 0 ||
	    span_find(text, SPAN("FIX"
				 "ME")) >= 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool letter = (text.ptr[i] | 0x20) >= 'a' &&
			      (text.ptr[i] | 0x20) <= 'z';

		words += letter && !in;
		in = letter;
	}
	return words >= REASON_WORDS;
}

static struct span comment_text(const struct source *s, uint32_t c)
{
	return (struct span){ s->lx.src.ptr + s->lx.comment[c].start,
			      s->lx.comment[c].len };
}

/* A comment on the macro's line, or on the one above it or its statement. */
static bool commented(const struct source *s, uint32_t i)
{
	uint32_t line = look_line(s, i), first = s->tree.first[i], c;

	c = lexer_comment_at(&s->lx, s->lx.tok[i].start);
	if (c < s->lx.comments && s->lx.comment[c].line == line &&
	    gives_reason(comment_text(s, c)))
		return true;
	for (unsigned n = 0; n < 2; n++) {
		c = lexer_comment_at(&s->lx, s->lx.tok[first].start);
		if (c &&
		    s->lx.comment[c - 1].last_line + 1 == look_line(s, first))
			return gives_reason(comment_text(s, c - 1));
		/* `A => { unimplemented!() }`: above the arm */
		if (s->tree.parent[first] == TREE_NONE)
			break;
		first = s->tree.first[s->tree.parent[first]];
	}
	return false;
}

/* `unimplemented!` with words inside or beside it: somebody decided. */
static bool decided(const struct source *s, uint32_t i)
{
	return look_is(s, i, "unimplemented") &&
	       (!lexer_closes(look_kind(s, i + 3)) || commented(s, i));
}

/* What the fn could give instead of a panic, for a sentence. */
static const char *instead(const struct source *s, uint32_t fn)
{
	const struct item *it =
		fn == OUTLINE_NONE ? NULL : &s->outline.item[fn];
	uint32_t i;

	if (!it || it->open == OUTLINE_NONE)
		return "";
	for (i = it->key; i < it->open; i++) {
		if (look_kind(s, i) == TOKEN_OPEN_PAREN)
			break;
	}
	if (i >= it->open || !tree_paired(&s->tree, i))
		return "";
	for (i = s->tree.mate[i]; i < it->open; i++) {
		if (look_kind(s, i) == KW_WHERE)
			break;
		if (look_kind(s, i) != TOKEN_IDENT)
			continue;
		if (span_ends(lexer_text(&s->lx, i), "Result"))
			return ", though its function returns a `Result`, "
			       "which could be an error";
		if (look_is(s, i, "Option"))
			return ", though its function returns an `Option`, "
			       "which could be `None`";
	}
	return "";
}

/* Is what the macro at i stands for another's matter: as it was before, or
 * where nobody gets to? */
static bool settled(const struct rule_run *r, struct around *at,
		    const struct past *p, uint32_t i)
{
	const struct source *s = rule_file(r)->now;
	uint32_t fn = source_item(s, i, ITEM_FN);

	if (support_code(s, i))
		return true;
	if (fn == OUTLINE_NONE)
		return false;
	if (fn != at->fn)
		look_around(at, rule_file(r), p, fn);
	return at->known || at->custom;
}

static void look_at_file(struct rule_run *r, const struct past *p,
			 bool questions)
{
	const struct source *s = rule_file(r)->now;
	struct around at = { .fn = OUTLINE_NONE };

	for (uint32_t i = 0; i < s->lx.count; i++) {
		if (invokes(s, i, "dbg") && !questions)
			rule_found(r, i, LOOK_NONE, "`dbg!` is left in");
		if (!undone(s, i) || decided(s, i) != questions ||
		    !rule_asks(r, i) || (questions && refuses(s, i + 3)) ||
		    settled(r, &at, p, i))
			continue;
		rule_found(r, i, LOOK_NONE,
			   questions ? "`%.*s!` panics when it is reached%s"
				     : "`%.*s!` stands for code that is not "
				       "written%s",
			   SPAN_ARG(lexer_text(&s->lx, i)),
			   instead(s, source_item(s, i, ITEM_FN)));
	}
}

static void run_all(struct rule_run *r, const struct rule_input *in,
		    bool questions)
{
	struct past p = { 0 };

	read_past(&p, rule_arena(r), in);
	for (size_t i = 0; i < in->files; i++) {
		rule_turn_to(r, &in->file[i]);
		if (in->file[i].now)
			look_at_file(r, &p, questions);
	}
}

static void run_unfinished(struct rule_run *r, const struct rule_input *in)
{
	run_all(r, in, false);
}

static void run_unsupported(struct rule_run *r, const struct rule_input *in)
{
	run_all(r, in, true);
}

const struct rule rule_unfinished = {
	.id = "unfinished",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about = "todo!, unimplemented! or dbg! added",
	.consequence = "`todo!` and `unimplemented!` panic when they are "
		       "reached, `dbg!` writes to stderr",
	.remedy = "finish the code, return an error, or remove the macro",
	.why = "todo!() and unimplemented!() compile and type-check anywhere, "
	       "so nothing but a reader stops them from being merged; the "
	       "caller meets a panic. dbg!() is a tool for the desk: it "
	       "prints file, line and value to stderr, and moves its argument. "
	       "Not meant are arms that join others of a function that had "
	       "such a macro before, bodies that the change copies as they "
	       "were, and what is named or documented as a mock or a "
	       "placeholder. Of an unimplemented!() with a message or a "
	       "reason beside it see unsupported-call.",
	.bad = "fn evict(&mut self) {\n"
	       "    todo!()\n"
	       "}\n",
	.good = "fn evict(&mut self) {\n"
		"    let now = self.clock.now();\n"
		"    self.entries.retain(|_, e| e.expires > now);\n"
		"}\n",
	.run_change = run_unfinished,
};

const struct rule rule_unsupported_call = {
	.id = "unsupported-call",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "critical-issues",
	.about = "unimplemented! with a message or a reason beside it",
	.consequence = "who calls it cannot act on that",
	.remedy = "can this be reached?",
	.why = "An unimplemented!(\"…\") with a message, or with a comment "
	       "that says why, is a decision and no leftover: the author holds "
	       "that nobody gets there. Callers change, and then a panic is "
	       "what they meet. The question is asked where the words say that "
	       "it is not implemented; where they say what is not supported, "
	       "or what to use instead, they are an answer. As with "
	       "unfinished, what stood so before, copies, mocks and "
	       "placeholders are not meant.",
	.bad = "fn seek_back(&mut self) -> Result<bool> {\n"
	       "    unimplemented!(\"seek_back is not implemented\")\n"
	       "}\n",
	.good = "fn seek_back(&mut self) -> Result<bool> {\n"
		"    Err(Error::Unsupported(\"seek_back\"))\n"
		"}\n",
	.run_change = run_unsupported,
};
