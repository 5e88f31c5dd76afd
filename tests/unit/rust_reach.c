/* Who can name what a file of a tree holds. */
#include "rust/reach.h"

#include <string.h>

#include "base/arena.h"
#include "test.h"

#define CARGO                                            \
	"[package]\nname = \"x\"\nversion = \"0.1.0\"\n" \
	"description = \"y\"\nkeywords = [\"z\"]\n"

/* A tree, `path: text` each; then a file of it, an item, and what is said. */
struct row {
	const char *files[6][2];
	const char *path, *item;
	enum rule_reach reach;
};

static const struct row rows[] = {
	{ { { "src/lib.rs", "" } }, "src/lib.rs", "A", REACH_PUBLIC },
	{ { { "src/lib.rs", "pub mod a;" } }, "src/a.rs", "A", REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a;" } }, "src/a.rs", "A", REACH_PRIVATE },
	{ { { "src/lib.rs", "pub(crate) mod a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "" } }, "src/a.rs", "A", REACH_UNKNOWN },
	{ { { "src/lib.rs", "pub mod a;" } },
	  "src/a/mod.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "pub mod a;" }, { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "pub mod a;" }, { "src/a/mod.rs", "mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a;" }, { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	/* what `pub use` shows of a private module */
	{ { { "src/lib.rs", "mod a; pub use a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::A;" } },
	  "src/a.rs",
	  "B",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub use self::a::{A, B as C};" } },
	  "src/a.rs",
	  "B",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use crate::a::*;" } },
	  "src/a.rs",
	  "B",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; use a::A; pub(crate) use a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; fn f() { pub use a::A; }" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub use a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::b;" },
	    { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::*;" },
	    { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::*;" },
	    { "src/a.rs", "mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub use a::*;" },
	    { "src/a.rs", "mod b; pub use b::A;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::A;" },
	    { "src/a.rs", "mod b; pub use b::{A, B};" } },
	  "src/a/b.rs",
	  "B",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub use a::A;" },
	    { "src/a.rs", "mod b; pub use b::*;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::b::A;" },
	    { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub mod c { pub use super::a::A; }" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; mod c { pub use super::a::A; }" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub mod prelude;" },
	    { "src/prelude.rs", "pub use crate::a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; mod prelude;" },
	    { "src/prelude.rs", "pub use crate::a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a; pub use a::inner::A;" } },
	  "src/a.rs",
	  "inner::A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; pub use a::inner::*;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	/* inline modules, macros around, names alike */
	{ { { "src/lib.rs", "pub mod a { pub mod b; }" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "pub mod a { mod b; }" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod a { pub mod b; }" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "cfg_rt! { pub mod a; }" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod b { pub mod a; } mod a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "mod ab; pub use a::A;" } },
	  "src/ab.rs",
	  "A",
	  REACH_PRIVATE },
	/* pub, but not meant for others */
	{ { { "src/lib.rs", "#[doc(hidden)] pub mod a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "#[cfg(test)] pub mod a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "#[doc(hidden)] pub mod a;" },
	    { "src/a.rs", "pub mod b;" } },
	  "src/a/b.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "#[doc(hidden)] pub mod a; pub use a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "src/lib.rs", "mod a; #[doc(hidden)] pub use a::A;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
	/* no library's */
	{ { { "src/main.rs", "pub mod a;" } }, "src/a.rs", "A", REACH_PRIVATE },
	{ { { "src/lib.rs", "pub mod a;" } },
	  "src/main.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "pub mod a;" } },
	  "tests/a.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "src/lib.rs", "" } }, "build.rs", "A", REACH_PRIVATE },
	{ { { "Cargo.toml", "[package]\n[lib]\nproc-macro = true" },
	    { "src/lib.rs", "" } },
	  "src/lib.rs",
	  "A",
	  REACH_PRIVATE },
	{ { { "Cargo.toml", "[workspace]" }, { "src/lib.rs", "" } },
	  "src/lib.rs",
	  "A",
	  REACH_UNKNOWN },
	/* the package that is nearest, and its own root */
	{ { { "Cargo.toml", "[workspace]" },
	    { "x/Cargo.toml", CARGO },
	    { "x/src/lib.rs", "mod a; pub use a::A;" } },
	  "x/src/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "Cargo.toml", CARGO "[lib]\npath = \"code/x.rs\"" },
	    { "code/x.rs", "pub mod a;" } },
	  "code/a.rs",
	  "A",
	  REACH_PUBLIC },
	{ { { "Cargo.toml", CARGO "[lib]\npath = \"code/x.rs\"" },
	    { "code/x.rs", "pub mod a;" } },
	  "src/a.rs",
	  "A",
	  REACH_PRIVATE },
};

struct folder {
	struct arena arena;
	const char *const (*files)[2];
};

static struct span text_at(void *ctx, struct span path)
{
	const struct folder *t = ctx;

	for (size_t i = 0; i < 6 && t->files[i][0]; i++)
		if (span_eqs(path, t->files[i][0]))
			return span_of(t->files[i][1]);
	return span_eqs(path, "Cargo.toml") ? SPAN(CARGO) : (struct span){ 0 };
}

static const struct source *source_at(void *ctx, struct span path)
{
	struct span text = text_at(ctx, path);
	struct folder *t = ctx;
	struct source *s;

	if (!text.ptr)
		return NULL;
	s = arena_new(&t->arena, struct source);
	source_read(s, &t->arena, path, text);
	return s;
}

static void find(struct reach *out, struct folder *t, const char *path)
{
	struct reach_tree tree = { t, source_at, text_at };

	reach_find(out, &t->arena, &tree, span_of(path));
}

START_TEST(other_crates_can_name_an_item_or_not)
{
	const struct row *row = &rows[_i];
	struct folder t = { .files = row->files };
	struct reach r;

	find(&r, &t, row->path);
	ck_assert_msg(reach_item(&r, span_of(row->item)) == row->reach,
		      "%d of %s in %s: %s", (int)r.module, row->item, row->path,
		      row->files[0][1]);
	arena_release(&t.arena);
}
END_TEST

static const struct {
	const char *files[4][2];
	bool library, published, stable;
} packages[] = {
	{ { { "src/lib.rs", "" } }, true, true, false },
	{ { { "src/main.rs", "" } }, false, false, false },
	{ { { "src/lib.rs", "" }, { "Cargo.toml", "[package]" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" }, { "Cargo.toml", CARGO "publish = false" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" }, { "Cargo.toml", CARGO "publish = []" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\npublish = [\"ours\"]" } },
	  true,
	  true,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[workspace.package]\npublish = false\n" CARGO
			    "publish.workspace = true" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0\"\n"
			    "description.workspace = true\n"
			    "categories = [\"a\"]" } },
	  true,
	  true,
	  true },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0\"\n"
			    "description = \"x\"\n"
			    "documentation = \"https://docs.rs/x\"" } },
	  true,
	  true,
	  true },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0\"\n"
			    "description = \"x\"\npublish = true" } },
	  true,
	  true,
	  true },
	/* nobody is told what it is for */
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0\"\n"
			    "description = \"x\"" } },
	  true,
	  false,
	  false },
	/* what is said of the workspace is said of its program */
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0\"\n"
			    "description.workspace = true\n"
			    "documentation.workspace = true" } },
	  true,
	  false,
	  false },
	/* a version that is still to come */
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"1.0.0-beta.1\"\n"
			    "description = \"x\"\nkeywords = [\"a\"]" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\nversion = \"0.0.0\"\n"
			    "description = \"x\"" } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml", "[package]\ndescription = \"x\"" } },
	  true,
	  false,
	  false },
	/* one that says it is a part of another */
	{ { { "src/lib.rs", "//! Internal dependency of the `x` crate." } },
	  true,
	  false,
	  false },
	{ { { "src/lib.rs", "" },
	    { "Cargo.toml",
	      "[package]\nversion = \"1.0.0\"\nkeywords = [\"z\"]\n"
	      "description = \"Internal utilities of x\"" } },
	  true,
	  false,
	  false },
	/* a program and the library it is made of */
	{ { { "src/lib.rs", "" }, { "src/main.rs", "fn main() {}" } },
	  true,
	  false,
	  false },
};

START_TEST(a_crate_is_made_for_others_or_not)
{
	struct folder t = { .files = packages[_i].files };
	struct reach r;

	find(&r, &t, "src/lib.rs");
	ck_assert_int_eq(r.library, packages[_i].library);
	ck_assert_int_eq(r.published, packages[_i].published);
	ck_assert_int_eq(r.stable, packages[_i].stable);
	arena_release(&t.arena);
}
END_TEST

START_TEST(a_member_takes_publish_from_its_workspace)
{
	static const char *const files[6][2] = {
		{ "Cargo.toml", "[workspace.package]\npublish = false\n" },
		{ "a/b/Cargo.toml", CARGO "publish.workspace = true" },
		{ "a/b/src/lib.rs", "" },
	};
	struct folder t = { .files = files };
	struct reach r;

	find(&r, &t, "a/b/src/lib.rs");
	ck_assert(r.library);
	ck_assert(!r.published);
	arena_release(&t.arena);
}
END_TEST

Suite *rust_reach_suite(void)
{
	Suite *s = suite_create("rust_reach");
	TCase *tc = tcase_create("reach");

	add_rows(tc, other_crates_can_name_an_item_or_not, rows);
	add_rows(tc, a_crate_is_made_for_others_or_not, packages);
	tcase_add_test(tc, a_member_takes_publish_from_its_workspace);
	suite_add_tcase(s, tc);
	return s;
}
