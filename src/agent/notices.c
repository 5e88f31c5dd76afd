#include "agent/notices.h"

#include "agent/notice_parts.h"
#include "agent/redact.h"
#include "base/arena.h"
#include "base/buf.h"
#include "rust/allow.h"

/* Bytes of a quoted line, and of those what stands before the place. */
#define QUOTE_BYTES 200
#define QUOTE_BEFORE 80
/* Places of a row beyond this are counted alone. */
#define PLACES_MAX 10000
/* Bytes of lines that are masked to tell places apart. */
#define QUOTED_BYTES ((size_t)16 << 20)

const struct rule notice_table[] = {
	[NOTICE_INVISIBLE] = {
		.id = "invisible-text",
		.tier = TIER_A,
		.level = LEVEL_SHOULD_FIX,
		.section = "critical-issues",
		.always = true,
		.few = 10,
		.about = "invisible or bidirectional characters in lines, "
			 "paths, guides",
		.consequence = "what people read there is not what a compiler "
			       "or a model reads",
		.remedy = "take it out; in code, write it as an escape",
		.why = "A bidirectional control makes an editor show the "
		       "tokens of a line in another order than the compiler "
		       "reads them (Trojan Source, CVE-2021-42574); zero-width "
		       "characters make two names look like one; tag "
		       "characters and variation selectors carry whole "
		       "sentences that a model obeys and nobody sees. Emoji "
		       "are not meant, nor are the selectors and joiners "
		       "inside them, nor joiners between letters of scripts "
		       "that need them (Arabic, Devanagari, Sinhala, Khmer "
		       "…).",
		.bad = "if access_level != \"user\\u{202e} \\u{2066}// admin\" "
		       "{ // the characters themselves, not escapes\n",
		.good = "if access_level != \"user\" { // admin 👩‍💻\n",
	},
	[NOTICE_SECRET] = {
		.id = "secret-in-the-clear",
		.tier = TIER_A,
		.level = LEVEL_SHOULD_FIX,
		.section = "critical-issues",
		.always = true,
		.few = 10,
		.about = "keys, tokens and passwords on added lines",
		.consequence = "who can read the repository has it, now and "
			       "in its history",
		.remedy = "revoke it, and read its successor from the "
			  "environment or a secret store",
		.why = "A secret that was committed once stays in every clone; "
		       "removing the line does not take it back. Known forms "
		       "of keys count everywhere. Passwords, and values drawn "
		       "at random for names such as `api_key`, count outside "
		       "of tests, examples, benches, documentation and "
		       "generated files, and not where the value is a text in "
		       "base64 or a plain word for localhost. A value that "
		       "stands in several files is told once. Whatever is "
		       "found is masked in what is sent and printed.",
		.bad = "const PASSWORD: &str = \"Zx81-"
		       "horse!Rt\";\n",
		.good = "let password = std::env::var(\"DB_PASSWORD\")?;\n",
	},
	[NOTICE_GUIDE] = {
		.id = "guide-edited",
		.tier = TIER_A,
		.level = LEVEL_QUESTION,
		.section = "architecture",
		.always = true,
		.few = 3,
		.about = "the change edits a guide that reviews go by",
		.remedy = "is the edit meant, and agreed?",
		.why = "CLAUDE.md, AGENTS.md and what they import tell "
		       "reviewers and agents how to judge code. A change that "
		       "edits them can loosen the rules it would break, today "
		       "or by the next change. The program reads guides from "
		       "the base of the change, so the edit does not count "
		       "yet; once merged, it does.",
		.bad = "--- a/CLAUDE.md\n"
		       "-Library code does not panic.\n",
		.good = "--- a/README.md\n"
			"-Library code does not panic.\n",
	},
	[NOTICE_BASELINE] = {
		.id = "baseline-edited",
		.tier = TIER_A,
		.level = LEVEL_QUESTION,
		.section = "architecture",
		.always = true,
		.few = 1,
		.about = "the change edits the baseline of known findings",
		.remedy = "is each new entry meant, with its reason?",
		.why = "What stands in the file of --baseline does not count "
		       "for --fail-on. A change that edits it can excuse its "
		       "own findings, today or by the next change. The program "
		       "reads the file from the base of the change, so the "
		       "edit does not count yet; once merged, it does.",
		.bad = "--- a/architect.baseline.json\n"
		       "+      \"fingerprint\": \"71e11a6c7cc8489a\",\n",
		.good = "architect review main.. --write-baseline "
			"architect.baseline.json # in a change of its own\n",
	},
	[NOTICE_ATTRIBUTES] = {
		.id = "diff-hidden",
		.tier = TIER_A,
		.level = LEVEL_SHOULD_FIX,
		.section = "critical-issues",
		.always = true,
		.few = 3,
		.about = "attributes of the change that hide Rust files",
		.consequence = "git and code hosts then show reviewers no "
			       "lines of such files",
		.remedy = "leave the attribute out",
		.why = "`-diff` and `binary` in .gitattributes make git say "
		       "\"Binary files differ\" in place of lines, and code "
		       "hosts fold what is marked `linguist-generated` away. "
		       "The program shows such files all the same; people who "
		       "review the next change see nothing.",
		.bad = "*.rs -diff\n",
		.good = "*.png binary\n",
	},
};

const size_t notice_count = sizeof(notice_table) / sizeof(notice_table[0]);

const struct rule *notice_find(struct span id)
{
	for (size_t i = 0; i < notice_count; i++)
		if (span_eqs(id, notice_table[i].id))
			return &notice_table[i];
	return NULL;
}

bool notice_reads(const struct notices *n, size_t i)
{
	return n->in->covers.ptr[i].state != COVER_SKIPPED;
}

/* The line around the byte, masked before it is cut: of a secret no part. */
static struct span quote_of(struct notices *n, const struct notice_place *p)
{
	struct buf masked = { 0 }, shown = { 0 };
	struct span s;
	size_t from = p->at > QUOTE_BEFORE ? p->at - QUOTE_BEFORE : 0;

	if (!p->text.len)
		return p->quote;
	mask_bytes(&masked, p->text, NULL);
	s = buf_span(&masked);
	while (from && ((unsigned char)s.ptr[from] & 0xC0) == 0x80)
		from--;
	s = text_clip(span_from(s, from), QUOTE_BYTES);
	if (from)
		buf_adds(&shown, "… ");
	text_visible_line(&shown, span_trim(s));
	if (from + s.len < p->text.len)
		buf_adds(&shown, " …");
	s = arena_span(n->arena, buf_span(&shown));
	buf_release(&masked);
	buf_release(&shown);
	return s;
}

const struct code_file *notice_code(const struct notices *n, size_t file)
{
	const struct code_file *c = n->in->code.files.ptr;
	size_t lo = 0, hi = n->in->code.files.len;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c[mid].index < file)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n->in->code.files.len && c[lo].index == file && c[lo].now
		       ? &c[lo]
		       : NULL;
}

uint32_t notice_token(const struct source *s, uint32_t line)
{
	uint32_t lo = 0, hi = s->lx.count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->lx.tok[mid].line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->lx.count && s->lx.tok[lo].line == line ? lo
	       : lo					      ? lo - 1
							      : lo;
}

static void look_for_allow(struct notices *n, const struct rule *rule,
			   size_t file, struct rule_place *p)
{
	const struct code_file *c = notice_code(n, file);
	struct allow allow;

	if (!c || !p->line || !c->now->lx.count)
		return;
	p->token = notice_token(c->now, p->line);
	if (!allow_find(&allow, n->arena, c->now, c->line, p->token, rule))
		return;
	p->reason = allow.reason;
	p->own_allow = !n->in->range.all && allow.own;
	p->allowed = !p->own_allow || n->trust_allows;
}

/* The lot of a place: its row's groups are one of each for a path. */
enum lot { LOT_NEW, LOT_KNOWN, LOT_SILENT };

/* The row's group of that path and lot, among the last of its list when there
 * is one: a row is done before the next, and in it a file. */
static struct rule_group *group_of(struct notices *n, const struct rule *rule,
				   struct span path, enum lot lot)
{
	struct rule_report *r = &n->in->code.rules;
	const struct rule_group new = {
		.rule = rule,
		.level = rule->level,
		.path = path,
		.known = lot == LOT_KNOWN,
	};
	struct rule_group *g =
		lot == LOT_SILENT ? r->silenced.ptr : r->groups.ptr;
	size_t len = lot == LOT_SILENT ? r->silenced.len : r->groups.len;

	for (size_t i = len;
	     i-- && g[i].rule == rule && span_eq(g[i].path, path);)
		if (g[i].known == new.known)
			return &g[i];
	g = lot == LOT_SILENT ? vec_push(&r->silenced, n->arena)
			      : vec_push(&r->groups, n->arena);
	*g = new;
	return g;
}

/* Lines may be long and their places many: false when there is no time to see
 * which one this is, and it is quoted by nobody. */
static bool spot_of(struct notices *n, const struct notice_place *p,
		    struct rule_spot *spot)
{
	if (n->masked + p->text.len > QUOTED_BYTES)
		return false;
	n->masked += p->text.len;
	*spot = (struct rule_spot){ .line = p->line, .quote = quote_of(n, p) };
	return true;
}

void notice_say(struct notices *n, enum notice row,
		const struct notice_place *p, const char *fact)
{
	const struct rule *rule = &notice_table[row];
	struct span path = p->file == NOTICE_NO_FILE
				   ? p->path
				   : n->in->change.files.ptr[p->file].path;
	struct rule_place place = {
		.line = p->line,
		.level = rule->level,
	};
	struct rule_spot spot = { 0 };
	bool told = spot_of(n, p, &spot);
	enum lot lot = LOT_NEW;
	struct rule_group *g;

	if (n->said[row]++ < PLACES_MAX)
		look_for_allow(n, rule, p->file, &place);
	if (place.allowed)
		lot = LOT_SILENT;
	else if (told && known_spot(n->in->baseline, rule, path, &spot))
		lot = LOT_KNOWN;
	g = group_of(n, rule, path, lot);
	g->total++;
	if (told)
		*vec_push(&g->spots, n->arena) = spot;
	if (g->places.len >= RULE_PLACES)
		return;
	place.fact = span_of(arena_printf(n->arena, "%s", fact));
	place.quote = spot.quote;
	*vec_push(&g->places, n->arena) = place;
}

/* What is new before what is known, each in its order. */
static void put_new_first(struct notices *n, size_t from)
{
	struct rule_report *r = &n->in->code.rules;
	size_t len = r->groups.len - from, to = 0;
	struct rule_group *g = r->groups.ptr + from,
			  *row = arena_array(n->arena, len, sizeof(*row));

	memcpy(row, g, len * sizeof(*row));
	for (int known = 0; known < 2; known++)
		for (size_t i = 0; i < len; i++)
			if (row[i].known == known)
				g[to++] = row[i];
}

/* Of a row's groups the first few; the rest is counted in the last of them. */
static void keep_few(struct notices *n, enum notice row, size_t from)
{
	put_new_first(n, from);
	rules_keep(&n->in->code.rules, n->arena, from, notice_table[row].few,
		   true);
}

void notices_add(struct task_input *in, struct arena *a, bool trust_allows)
{
	static void (*const look[NOTICES])(struct notices * n) = {
		[NOTICE_INVISIBLE] = notice_invisible,
		[NOTICE_SECRET] = notice_secrets,
		[NOTICE_GUIDE] = notice_guides,
		[NOTICE_BASELINE] = notice_baseline,
		[NOTICE_ATTRIBUTES] = notice_attributes,
	};
	struct notices n = {
		.in = in,
		.arena = a,
		.trust_allows = trust_allows,
	};

	for (enum notice row = 0; row < NOTICES; row++) {
		size_t from = in->code.rules.groups.len;

		look[row](&n);
		if (in->code.rules.groups.len > from)
			keep_few(&n, row, from);
	}
}
