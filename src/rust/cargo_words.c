/* Total: names are escaped and clipped, so that any row is one short line. */
#include "rust/cargo.h"

#include "base/buf.h"

#define WORD_MAX_BYTES 120

/*
 * {name} {item} {old} {new} are the row's; {sort} is "dev-dependency" …,
 * {for} " for cfg(unix)", {level} " (minor)", {from} " from …"; {old} and
 * {new} of a dependency come as " (…)".
 */
struct words {
	const char *added, *removed, *changed;
};

static const struct words words[SUBJECTS] = {
	[FACT_NAME] = { "package named {new}", "package {old} is no more",
			"package renamed {old} → {new}" },
	[FACT_VERSION] = { "package version {new} set",
			   "package version {old} removed",
			   "package version {old} → {new}{level}" },
	[FACT_EDITION] = { "edition {new} set", "edition {old} removed",
			   "edition {old} → {new}" },
	[FACT_RUST_VERSION] = { "rust-version {new} set",
				"rust-version {old} removed",
				"rust-version {old} → {new}{level}" },
	[FACT_RESOLVER] = { "resolver {new} set", "resolver {old} removed",
			    "resolver {old} → {new}" },
	[FACT_LINKS] = { "links {new} set", "links {old} removed",
			 "links {old} → {new}" },
	[FACT_BUILD] = { "build script set: {new}",
			 "build script no longer set: {old}",
			 "build script {old} → {new}" },
	[FACT_TARGET] = { "target {name} declared: {new}",
			  "target {name} no longer declared: {old}",
			  "crate type of {name} {old} → {new}" },
	[FACT_FEATURE] = { "feature `{name}` added: [{new}]",
			   "feature `{name}` removed: [{old}]", "" },
	[FACT_FEATURE_ITEM] = { "feature `{name}` gains `{item}`",
				"feature `{name}` loses `{item}`", "" },
	[FACT_MEMBER] = { "workspace member {name} added",
			  "workspace member {name} removed", "" },
	[FACT_EXCLUDE] = { "workspace now excludes {name}",
			   "workspace no longer excludes {name}", "" },
	[FACT_DEFAULT_MEMBER] = { "default member {name} added",
				  "default member {name} removed", "" },
	[FACT_SHARED] = { "workspace.package.{name} set: {new}",
			  "workspace.package.{name} removed: {old}",
			  "workspace.package.{name} {old} → {new}" },
	[FACT_PROFILE] = { "profile {name} set: {new}",
			   "profile {name} no longer set: {old}",
			   "profile {name} {old} → {new}" },
	[FACT_LINT] = { "lint {name} set: {new}",
			"lint {name} no longer set: {old}",
			"lint {name} {old} → {new}" },
	[SUBJECT_DEPENDENCY] = { "{sort} {name}{for} added{new}",
				 "{sort} {name}{for} removed{old}", "" },
	[SUBJECT_MOVED] = { "", "", "{name} moved from {old} to {new}" },
	[SUBJECT_REQUIREMENT] = { "", "",
				  "{name}{for} requirement "
				  "{old} → {new}{level}" },
	[SUBJECT_SOURCE] = { "", "", "{name}{for} source {old} → {new}" },
	[SUBJECT_PACKAGE] = { "", "", "{name}{for} package {old} → {new}" },
	[SUBJECT_OPTIONAL] = { "{name}{for} becomes optional",
			       "{name}{for} is no longer optional", "" },
	[SUBJECT_DEFAULT] = { "{name}{for} turns default features on",
			      "{name}{for} turns default features off",
			      "{name}{for} default features {old} → {new}" },
	[SUBJECT_DEPENDENCY_FEATURE] = { "{name}{for} gains feature `{item}`",
					 "{name}{for} loses feature `{item}`",
					 "" },
	[SUBJECT_LOCK_VERSION] = { "", "", "lock format {old} → {new}" },
	[SUBJECT_CRATE] = { "{name} {new} added{from}",
			    "{name} {old} removed{from}",
			    "{name} {old} → {new}{level}" },
	[SUBJECT_CRATE_SOURCE] = { "", "",
				   "{name} {item} comes from {new}, was "
				   "{old}" },
	[SUBJECT_CHECKSUM] = { "{name} {item} gains a checksum: {new}",
			       "{name} {item} loses its checksum: {old}",
			       "{name} {item} has another checksum for the "
			       "same version: "
			       "{old} → {new}" },
	[SUBJECT_DUPLICATE] = { "{name} in more incompatible versions: {new} "
				"(was {old})",
				"{name} in fewer incompatible versions: {new} "
				"(was {old})",
				"" },
};

static void add_word(struct buf *out, struct span s)
{
	struct span clipped = text_clip(s, WORD_MAX_BYTES);

	if (!s.len)
		buf_adds(out, "none");
	text_visible_line(out, clipped);
	if (clipped.len < s.len)
		buf_adds(out, "…");
}

static void add_name(struct buf *out, const struct cargo_change *c)
{
	add_word(out, c->name);
}

static void add_item(struct buf *out, const struct cargo_change *c)
{
	if (c->item.len)
		add_word(out, c->item);
	else
		buf_adds(out, "in another version");
}

static void add_value(struct buf *out, const struct cargo_change *c,
		      struct span value)
{
	bool own = c->subject == SUBJECT_DEPENDENCY;

	if (own && !value.len)
		return;
	if (c->subject == SUBJECT_OF(FACT_FEATURE) && !value.len)
		return;
	buf_adds(out, own ? " (" : "");
	add_word(out, value);
	buf_adds(out, own ? ")" : "");
}

static void add_old(struct buf *out, const struct cargo_change *c)
{
	add_value(out, c, c->old);
}

static void add_new(struct buf *out, const struct cargo_change *c)
{
	add_value(out, c, c->new);
}

static void add_sort(struct buf *out, const struct cargo_change *c)
{
	static const char *const sorts[] = {
		[DEPENDENCY_NORMAL] = "dependency",
		[DEPENDENCY_BUILD] = "build-dependency",
		[DEPENDENCY_DEV] = "dev-dependency",
		[DEPENDENCY_WORKSPACE] = "workspace dependency",
		[DEPENDENCY_PATCH] = "patch",
		[DEPENDENCY_REPLACE] = "replacement",
	};

	buf_adds(out, sorts[c->kind]);
}

static void add_for(struct buf *out, const struct cargo_change *c)
{
	static const char *const in[] = {
		[DEPENDENCY_NORMAL] = "",
		[DEPENDENCY_BUILD] = " in build-dependencies",
		[DEPENDENCY_DEV] = " in dev-dependencies",
		[DEPENDENCY_WORKSPACE] = " in workspace.dependencies",
		[DEPENDENCY_PATCH] = " in patch",
		[DEPENDENCY_REPLACE] = " in replace",
	};

	if (c->subject != SUBJECT_DEPENDENCY)
		buf_adds(out, in[c->kind]);
	if (!c->target.len)
		return;
	buf_adds(out, c->kind == DEPENDENCY_PATCH ? " of " : " for ");
	add_word(out, c->target);
}

static void add_level(struct buf *out, const struct cargo_change *c)
{
	static const char *const levels[] = {
		[LEVEL_NONE] = "",
		[LEVEL_BUILD] = "build metadata",
		[LEVEL_PRERELEASE] = "pre-release",
		[LEVEL_PATCH] = "patch",
		[LEVEL_MINOR] = "minor",
		[LEVEL_MAJOR] = "major",
	};

	if (c->level)
		buf_addf(out, " (%s%s)", c->down ? "downgrade, " : "",
			 levels[c->level]);
}

static void add_from(struct buf *out, const struct cargo_change *c)
{
	if (!c->item.len)
		return;
	buf_adds(out, " from ");
	add_word(out, c->item);
}

static const struct {
	const char *mark;
	void (*add)(struct buf *out, const struct cargo_change *c);
} marks[] = {
	{ "{name}", add_name },	  { "{item}", add_item }, { "{old}", add_old },
	{ "{new}", add_new },	  { "{sort}", add_sort }, { "{for}", add_for },
	{ "{level}", add_level }, { "{from}", add_from },
};

static void add_mark(struct buf *out, const struct cargo_change *c,
		     struct span *rest)
{
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (span_starts(*rest, marks[i].mark)) {
			marks[i].add(out, c);
			*rest = span_from(*rest, span_of(marks[i].mark).len);
			return;
		}
	buf_addc(out, *rest->ptr);
	*rest = span_from(*rest, 1);
}

void cargo_change_write(struct buf *out, const struct cargo_change *c)
{
	const struct words *w = &words[c->subject];
	struct span rest = span_of(c->op == CARGO_ADDED	    ? w->added
				   : c->op == CARGO_REMOVED ? w->removed
							    : w->changed);

	while (rest.len) {
		ptrdiff_t mark = span_chr(rest, '{');

		buf_addsp(out,
			  mark < 0 ? rest : span_first(rest, (size_t)mark));
		rest = span_from(rest, mark < 0 ? rest.len : (size_t)mark);
		if (rest.len)
			add_mark(out, c, &rest);
	}
}
