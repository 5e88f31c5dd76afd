#include "rust/cargo.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static const char *rows_text(struct arena *a, const struct cargo_changes *ch)
{
	struct buf b = { 0 };
	const char *text;

	vec_each (const struct cargo_change, c, &ch->rows) {
		buf_addf(&b, "%u ", c->line);
		cargo_change_write(&b, c);
		buf_addc(&b, '\n');
	}
	text = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return text;
}

static const char *manifest_rows(struct arena *a, const char *old,
				 const char *new)
{
	struct manifest o, n;
	struct cargo_changes ch;

	manifest_parse(&o, a, span_of(old));
	manifest_parse(&n, a, span_of(new));
	manifest_diff(&ch, a, &o, &n);
	return rows_text(a, &ch);
}

/* The head is line 1 of both files where it isn't empty. */
static const struct {
	const char *head, *old, *new, *rows;
} changes[] = {
	/* dependencies come and go */
	{ "[dependencies]", "", "serde = '1.0'",
	  "2 dependency serde added (1.0)\n" },
	{ "[dependencies]", "a = '1'\nserde = '1.0'", "a = '1'",
	  "3 dependency serde removed (1.0)\n" },
	{ "[dev-dependencies]", "", "x = { path = '../x' }",
	  "2 dev-dependency x added (path ../x)\n" },
	{ "[dev_dependencies]", "", "x = '1'",
	  "2 dev-dependency x added (1)\n" },
	{ "[build-dependencies]", "", "cc = '1'",
	  "2 build-dependency cc added (1)\n" },
	{ "[target.'cfg(unix)'.dependencies]", "", "libc = '0.2'",
	  "2 dependency libc for cfg(unix) added (0.2)\n" },
	{ "[target.x86_64-pc-windows-msvc.dev-dependencies]", "w = '1'", "",
	  "2 dev-dependency w for x86_64-pc-windows-msvc removed (1)\n" },
	{ "[workspace.dependencies]", "", "a = '1'",
	  "2 workspace dependency a added (1)\n" },
	{ "[patch.crates-io]", "", "a = { git = 'https://h/a', rev = '7' }",
	  "2 patch a of crates-io added (git https://h/a rev 7)\n" },
	{ "[replace]", "\"a:0.1.0\" = { path = 'a' }", "",
	  "2 replacement a:0.1.0 removed (path a)\n" },
	{ "[dependencies]", "",
	  "b = { version = '1', package = 'a', optional = true, "
	  "default-features = false, features = ['z', 'y'] }",
	  "2 dependency b added (1, package a, optional, no default features, "
	  "features y, z)\n" },
	{ "", "", "[dependencies.foo]\nversion = '1'",
	  "1 dependency foo added (1)\n" },
	{ "[dependencies]", "", "foo.version = '1'\nfoo.optional = true",
	  "2 dependency foo added (1, optional)\n" },
	/* what it is written like does not matter */
	{ "[dependencies]", "a = '1'", "a = { version = \"1\" }", "" },
	{ "[dependencies]", "a = '1'\nb = '2'", "b = '2'\n\n# c\na = '1'", "" },
	{ "", "[dependencies]\na.version = '1'",
	  "[dependencies.a]\nversion = '1'", "" },
	{ "[dependencies]", "a = { version = '1', features = ['x', 'y'] }",
	  "a = { features = ['y', 'x', 'x'], version = '1' }", "" },
	/* requirements */
	{ "[dependencies]", "a = '1.0'", "a = '1.2'",
	  "2 a requirement 1.0 → 1.2 (minor)\n" },
	{ "[dependencies]", "a = '0.6'", "a = '0.7'",
	  "2 a requirement 0.6 → 0.7 (major)\n" },
	{ "[dependencies]", "a = '^1.3.1'", "a = '1.3'",
	  "2 a requirement ^1.3.1 → 1.3 (downgrade, patch)\n" },
	{ "[dependencies]", "a = '=1.2.3'", "a = '=1.2.4'",
	  "2 a requirement =1.2.3 → =1.2.4 (patch)\n" },
	{ "[dependencies]", "a = '1.2'", "a = '=1.3'",
	  "2 a requirement 1.2 → =1.3\n" },
	{ "[dependencies]", "a = '1'", "a = '>=1, <3'",
	  "2 a requirement 1 → >=1, <3\n" },
	{ "[dependencies]", "a = '1'", "a = '*'", "2 a requirement 1 → *\n" },
	{ "[dev-dependencies]", "a = '1'", "a = '2'",
	  "2 a in dev-dependencies requirement 1 → 2 (major)\n" },
	/* sources */
	{ "[dependencies]", "a = '1'",
	  "a = { git = 'https://h/a', branch = 'b' }",
	  "2 a requirement 1 → none\n"
	  "2 a source registry → git https://h/a branch b\n" },
	{ "[dependencies]", "a = { git = 'u', tag = 'v1' }",
	  "a = { git = 'u', rev = 'v1' }",
	  "2 a source git u tag v1 → git u rev v1\n" },
	{ "[dependencies]", "a = { version = '1', path = 'a' }", "a = '1'",
	  "2 a source path a → registry\n" },
	{ "[dependencies]", "a = '1'",
	  "a = { version = '1', registry = 'mine' }",
	  "2 a source registry → registry mine\n" },
	{ "[dependencies]", "a = { version = '1', features = ['x'] }",
	  "a = { workspace = true, optional = true }",
	  "2 a source registry → workspace\n2 a becomes optional\n" },
	{ "[dependencies]", "a = '1'", "a = { version = '1', package = 'b' }",
	  "2 a package none → b\n" },
	/* optional, default features, features */
	{ "[dependencies]", "a = '1'", "a = { version = '1', optional = true }",
	  "2 a becomes optional\n" },
	{ "[dependencies]", "a = { version = '1', default-features = false }",
	  "a = { version = '1', default_features = true }",
	  "2 a turns default features on\n" },
	{ "[dependencies]", "tokio = { version = '1', features = ['rt'] }",
	  "tokio = { version = '1', features = [\n'full',\n'net' ] }",
	  "3 tokio gains feature `full`\n4 tokio gains feature `net`\n"
	  "2 tokio loses feature `rt`\n" },
	/* from section to section */
	{ "", "[dev-dependencies]\na = '1'", "[dependencies]\na = '1'",
	  "2 a moved from dev-dependencies to dependencies\n" },
	{ "", "[dependencies]\na = '1'",
	  "[target.'cfg(unix)'.dependencies]\na = '2'",
	  "2 a moved from dependencies to dependencies for cfg(unix)\n"
	  "2 a for cfg(unix) requirement 1 → 2 (major)\n" },
	{ "",
	  "[target.x.dependencies]\na = '1'\n[target.x.dev-dependencies]\n"
	  "a = '1'",
	  "[target.y.dependencies]\na = '1'\n[target.y.dev-dependencies]\n"
	  "a = '1'",
	  "2 a moved from dependencies for x to dependencies for y\n"
	  "4 a moved from dev-dependencies for x to dev-dependencies for y\n" },
	{ "", "[dependencies]\na = '1'",
	  "[dev-dependencies]\na = '1'\n[build-dependencies]\na = '1'",
	  "2 dependency a removed (1)\n"
	  "4 build-dependency a added (1)\n"
	  "2 dev-dependency a added (1)\n" },
	{ "", "[dependencies]\na = '1'", "[workspace.dependencies]\na = '1'",
	  "2 dependency a removed (1)\n2 workspace dependency a added (1)\n" },
	/* the package */
	{ "[package]", "edition = '2018'", "edition = '2021'",
	  "2 edition 2018 → 2021\n" },
	{ "[package]", "", "edition.workspace = true",
	  "2 edition workspace set\n" },
	{ "[package]", "rust-version = '1.70'", "rust-version = '1.74.1'",
	  "2 rust-version 1.70 → 1.74.1 (minor)\n" },
	{ "[package]", "version = '0.1.9'", "version = '0.2.0'",
	  "2 package version 0.1.9 → 0.2.0 (major)\n" },
	{ "[package]", "name = 'a'", "name = 'b'",
	  "2 package renamed a → b\n" },
	{ "[package]", "", "build = 'b.rs'", "2 build script set: b.rs\n" },
	{ "[package]", "build = 'build.rs'", "build = false",
	  "2 build script build.rs → none\n" },
	{ "[package]", "build = true", "build = 'build.rs'", "" },
	{ "[package]", "links = 'z'", "", "2 links z removed\n" },
	{ "[package]", "description = 'a'", "description = 'b'", "" },
	{ "[lib]", "", "crate-type = ['cdylib', 'rlib']",
	  "1 crate type of lib lib → cdylib, rlib\n" },
	{ "[lib]", "", "proc-macro = true",
	  "1 crate type of lib lib → proc-macro\n" },
	{ "", "", "[[bin]]\nname = 'x'", "1 target bin x declared: bin\n" },
	/* features */
	{ "[features]", "", "a = ['dep:b', 'c']",
	  "2 feature `a` added: [dep:b, c]\n" },
	{ "[features]", "a = []", "", "2 feature `a` removed: []\n" },
	{ "[features]", "default = ['std']", "default = ['std', 'rt']",
	  "2 feature `default` gains `rt`\n" },
	{ "[features]", "default = ['std']", "default = []",
	  "2 feature `default` loses `std`\n" },
	{ "[features]", "a = ['x', 'y']", "a = ['y', 'x']", "" },
	/* the workspace, profiles, lints */
	{ "[workspace]", "members = ['a']", "members = [\n'./a/',\n'b' ]",
	  "4 workspace member b added\n" },
	{ "[workspace]", "exclude = ['a']", "",
	  "2 workspace no longer excludes a\n" },
	{ "[workspace]", "default-members = ['a']", "default-members = ['b']",
	  "2 default member a removed\n2 default member b added\n" },
	{ "[workspace]", "resolver = '1'", "resolver = '2'",
	  "2 resolver 1 → 2\n" },
	{ "[workspace.package]", "rust-version = '1.7'", "rust-version = '1.8'",
	  "2 workspace.package.rust-version 1.7 → 1.8\n" },
	{ "[profile.release]", "", "panic = 'abort'\noverflow-checks = true",
	  "3 profile release.overflow-checks set: true\n"
	  "2 profile release.panic set: abort\n" },
	{ "[profile.dev.package.'*']", "opt-level = 1", "opt-level = 3",
	  "2 profile dev.package.*.opt-level 1 → 3\n" },
	{ "[lints.clippy]", "all = 'warn'",
	  "all = { level = 'deny', priority = -1 }",
	  "2 lint clippy.all warn → deny\n"
	  "2 lint clippy.all.priority set: -1\n" },
	{ "[workspace.lints.rust]", "", "unsafe_code = 'forbid'",
	  "2 lint workspace.rust.unsafe_code set: forbid\n" },
	/* what is hostile is shown harmless */
	{ "[dependencies]", "", "\"a\\u001b[2J\\nb\" = \"\\u202e1\"",
	  "2 dependency a\\u{1b}[2J\\nb added (\\u{202e}1)\n" },
	{ "dependencies = 3", "",
	  "target = 'x'\npatch = ['y']\nbin = { x = 1 }"
	  "\nworkspace = 7\nfeatures = 'f'",
	  "" },
};

START_TEST(a_change_of_a_manifest_is_told_by_its_meaning)
{
	struct arena a = { 0 };
	const char *old =
		arena_printf(&a, "%s%s%s\n", changes[_i].head,
			     *changes[_i].head ? "\n" : "", changes[_i].old);
	const char *new =
		arena_printf(&a, "%s%s%s\n", changes[_i].head,
			     *changes[_i].head ? "\n" : "", changes[_i].new);

	ck_assert_str_eq(manifest_rows(&a, old, new), changes[_i].rows);
	ck_assert_str_eq(manifest_rows(&a, old, old), "");
	ck_assert_str_eq(manifest_rows(&a, new, new), "");
	arena_release(&a);
}
END_TEST

#define REG "source = 'registry+https://example.org/crates.io-index'\n"
#define GIT "source = 'git+https://h/a?branch=b#"
#define PKG(name, version) \
	"[[package]]\nname = '" name "'\nversion = '" version "'\n"
#define SUM(c) "checksum = '" c "'\n"

static const struct {
	const char *old, *new, *rows;
} locks[] = {
	{ "", PKG("a", "1.0.0") REG, "1 a 1.0.0 added\n" },
	{ "version = 3\n" PKG("a", "1.0.0") REG, "version = 3\n",
	  "2 a 1.0.0 removed\n" },
	{ "", PKG("a", "1.0.0") GIT "7'\n",
	  "1 a 1.0.0 added from git+https://h/a?branch=b#7\n" },
	{ "", PKG("a", "1.0.0"), "1 a 1.0.0 added from a path\n" },
	{ PKG("serde", "1.0.195") REG, PKG("serde", "1.0.197") REG,
	  "1 serde 1.0.195 → 1.0.197 (patch)\n" },
	{ PKG("a", "1.2.0") REG, PKG("a", "1.1.9") REG,
	  "1 a 1.2.0 → 1.1.9 (downgrade, minor)\n" },
	{ PKG("a", "0.2.0") REG, PKG("a", "0.3.0") REG,
	  "1 a 0.2.0 → 0.3.0 (major)\n" },
	/* several versions of one crate */
	{ PKG("a", "1.0.0") REG, PKG("a", "1.0.0") REG PKG("a", "2.0.0") REG,
	  "5 a 2.0.0 added\n1 a in more incompatible versions: 1.0.0, 2.0.0 "
	  "(was 1.0.0)\n" },
	{ PKG("a", "1.0.0") REG PKG("a", "2.0.0") REG, PKG("a", "2.1.0") REG,
	  "1 a 1.0.0 removed\n1 a 2.0.0 → 2.1.0 (minor)\n"
	  "1 a in fewer incompatible versions: 2.1.0 (was 1.0.0, 2.0.0)\n" },
	{ PKG("a", "1.0.0") REG, PKG("a", "1.0.1") REG PKG("a", "2.0.0") REG,
	  "5 a 2.0.0 added\n1 a 1.0.0 → 1.0.1 (patch)\n"
	  "1 a in more incompatible versions: 1.0.1, 2.0.0 (was 1.0.0)\n" },
	{ PKG("a", "1.0.0") REG, PKG("a", "1.0.0") REG PKG("a", "1.5.0") REG,
	  "5 a 1.5.0 added\n" },
	{ PKG("a", "1.0.0") REG SUM("aa"), PKG("a", "1.0.0") REG SUM("bb"),
	  "1 a 1.0.0 has another checksum for the same version: aa → bb\n" },
	{ PKG("a", "1.0.0") REG SUM("aa"), PKG("a", "1.0.0") REG,
	  "1 a 1.0.0 loses its checksum: aa\n" },
	{ PKG("a", "1.0.0") REG SUM("aa"), PKG("a", "1.0.1") REG SUM("bb"),
	  "1 a 1.0.0 → 1.0.1 (patch)\n" },
	{ PKG("a", "1.0.0") REG SUM("aa"), PKG("a", "1.0.0") GIT "7'\n",
	  "1 a 1.0.0 comes from git+https://h/a?branch=b#7, was "
	  "registry+https://example.org/crates.io-index\n" },
	{ PKG("a", "1.0.0") REG, PKG("a", "1.1.0"),
	  "1 a 1.0.0 → 1.1.0 (minor)\n1 a in another version comes from "
	  "a path, was registry+https://example.org/crates.io-index"
	  "\n" },
	{ PKG("a", "1.0.0") GIT "7'\n", PKG("a", "1.1.0") GIT "8'\n",
	  "1 a 1.0.0 → 1.1.0 (minor)\n" },
	{ PKG("a", "1.0.0") GIT "7'\n", PKG("a", "1.0.0") GIT "8'\n",
	  "1 a 1.0.0 comes from git+https://h/a?branch=b#8, was "
	  "git+https://h/a?branch=b#7\n" },
	{ "version = 3\n" PKG("a", "1.0.0"), "version = 4\n" PKG("a", "1.0.0"),
	  "1 lock format 3 → 4\n" },
	/* format 1 keeps checksums elsewhere, and the root apart */
	{ PKG("a", "1.0.0") "source = 'r'\n[metadata]\n"
			    "\"checksum a 1.0.0 (r)\" = 'aa'\n",
	  PKG("a", "1.0.0") "source = 'r'\n" SUM("aa"), "" },
	{ PKG("a", "1.0.0") "source = 'r'\n[metadata]\n"
			    "\"checksum a 1.0.0 (r)\" = '<none>'\n",
	  PKG("a", "1.0.0") "source = 'r'\n", "" },
	{ "[root]\nname = 'a'\nversion = '1.0.0'\n", PKG("a", "1.0.0"), "" },
	{ PKG("a", "1.0.0") PKG("b", "1.0.0"),
	  PKG("b", "1.0.0") PKG("a", "1.0.0"), "" },
	/* damage */
	{ PKG("a", "1.0.0"), PKG("a", "1.0.0") "<<<<<<< HEAD\n", "" },
	{ PKG("a", "x") REG, PKG("a", "y") REG, "1 a x → y (pre-release)\n" },
	{ "[[package]]\nname = 'a'\n", "package = 'a'\n", "" },
};

static const char *lock_rows(struct arena *a, const char *old, const char *new)
{
	struct lock o, n;
	struct cargo_changes ch;

	lock_parse(&o, a, span_of(old));
	lock_parse(&n, a, span_of(new));
	lock_diff(&ch, a, &o, &n);
	return rows_text(a, &ch);
}

START_TEST(a_change_of_a_lock_file_is_told_by_its_meaning)
{
	struct arena a = { 0 };

	ck_assert_str_eq(lock_rows(&a, locks[_i].old, locks[_i].new),
			 locks[_i].rows);
	ck_assert_str_eq(lock_rows(&a, locks[_i].new, locks[_i].new), "");
	arena_release(&a);
}
END_TEST

/* Each is older than the next by this much. */
static const struct {
	const char *old, *new;
	enum cargo_level level;
	const char *major;
} versions[] = {
	{ "1.0.0", "1.0.1", LEVEL_PATCH, "1" },
	{ "1.9.0", "1.10.0", LEVEL_MINOR, "1" },
	{ "1.9.9", "2.0.0", LEVEL_MAJOR, "1" },
	{ "0.3.1", "0.3.2", LEVEL_PATCH, "0.3" },
	{ "0.3.9", "0.4.0", LEVEL_MAJOR, "0.3" },
	{ "0.0.1", "0.0.2", LEVEL_MAJOR, "0.0.1" },
	{ "0.9.0", "1.0.0", LEVEL_MAJOR, "0.9" },
	{ "1.0.0-alpha", "1.0.0-alpha.1", LEVEL_PRERELEASE, "1" },
	{ "1.0.0-alpha.1", "1.0.0-alpha.beta", LEVEL_PRERELEASE, "1" },
	{ "1.0.0-beta.2", "1.0.0-beta.11", LEVEL_PRERELEASE, "1" },
	{ "1.0.0-rc.1", "1.0.0", LEVEL_PRERELEASE, "1" },
	{ "1.0.0+a", "1.0.0+b", LEVEL_BUILD, "1" },
	{ "1", "1.2", LEVEL_MINOR, "1" },
	{ "0.0.5-rc.1", "0.0.5", LEVEL_PRERELEASE, "0.0.5" },
	{ "1.0.99999999999999999998", "1.0.99999999999999999999", LEVEL_PATCH,
	  "1" },
};

START_TEST(versions_are_ordered_by_semver_and_cargos_rule)
{
	struct span o = span_of(versions[_i].old);
	struct span n = span_of(versions[_i].new);

	ck_assert_int_lt(version_compare(o, n), 0);
	ck_assert_int_gt(version_compare(n, o), 0);
	ck_assert_int_eq(version_level(o, n), versions[_i].level);
	ck_assert_int_eq(version_level(n, o), versions[_i].level);
	ck_assert_int_eq(version_level(o, o), LEVEL_NONE);
	ck_assert(span_eqs(version_major(o), versions[_i].major));
}
END_TEST

static const char workspace_root[] =
	"[workspace]\nmembers = ['crates/*', 'xtask', 'deep/**']\n"
	"exclude = ['crates/old', 'ex']\n"
	"[workspace.package]\nversion = '1.2.3'\nedition = '2021'\n"
	"rust-version = '1.74'\n[workspace.dependencies]\n"
	"tokio = { version = '1.36', features = ['rt'] }\n"
	"bare = { version = '2', default-features = false }\n"
	"fork = { git = 'https://h/f', package = 'orig' }\n";
static const char workspace_member[] =
	"[package]\nname = 'm'\nversion.workspace = true\n"
	"edition = { workspace = true }\nrust-version.workspace = true\n"
	"[dependencies]\n"
	"tokio = { workspace = true, features = ['net', 'rt'] }\n"
	"[dev-dependencies]\nbare.workspace = true\n"
	"[build-dependencies]\n"
	"bare = { workspace = true, default-features = true }\n"
	"fork = { workspace = true, optional = true }\n"
	"lost.workspace = true\n";

START_TEST(a_member_takes_what_its_workspace_says)
{
	static const char resolved[] =
		"[package]\nname = 'm'\nversion = '1.2.3'\nedition = '2021'\n"
		"rust-version = '1.74'\n[dependencies]\n"
		"tokio = { version = '1.36', features = ['net', 'rt'] }\n"
		"[dev-dependencies]\n"
		"bare = { version = '2', default-features = false }\n"
		"[build-dependencies]\nbare = '2'\n"
		"fork = { git = 'https://h/f', package = 'orig', "
		"optional = true }\nlost.workspace = true\n";
	struct arena a = { 0 };
	struct manifest root, m, want;
	struct cargo_changes ch;

	manifest_parse(&root, &a, SPAN(workspace_root));
	manifest_parse(&m, &a, SPAN(workspace_member));
	ck_assert(root.workspace && !root.package && !m.workspace && m.package);
	ck_assert(span_eqs(manifest_value(&m, FACT_EDITION), "workspace"));
	manifest_inherit(&m, &a, &root);
	manifest_parse(&want, &a, SPAN(resolved));
	manifest_diff(&ch, &a, &want, &m);
	ck_assert_str_eq(rows_text(&a, &ch), "");
	ck_assert(span_eqs(manifest_value(&m, FACT_RUST_VERSION), "1.74"));
	arena_release(&a);
}
END_TEST

START_TEST(features_that_add_up_overwrite_nothing)
{
	static const char root[] =
		"[workspace.dependencies]\na = { version = '1', features = "
		"['p', 'q', 'r', 's', 't'] }\n";
	static const char member[] =
		"[target.x.dependencies]\nb = '1'\n[dependencies]\n"
		"a = { workspace = true, features = ['y', 'x'] }\n";
	static const char resolved[] =
		"[target.x.dependencies]\nb = '1'\n[dependencies]\n"
		"a = { version = '1', features = ['p', 'q', 'r', 's', 't', "
		"'x', 'y'] }\n";
	struct arena a = { 0 };
	struct manifest r, m, want;
	struct cargo_changes ch;

	manifest_parse(&r, &a, SPAN(root));
	manifest_parse(&want, &a, SPAN(resolved));
	manifest_parse(&m, &a, SPAN(member));
	manifest_inherit(&m, &a, &r);
	manifest_diff(&ch, &a, &want, &m);
	ck_assert_str_eq(rows_text(&a, &ch), "");
	arena_release(&a);
}
END_TEST

static const struct {
	const char *path;
	bool member;
} members[] = {
	{ "crates/a", true },
	{ "crates/old", false },
	{ "crates/old/x", false },
	{ "crates/a/b", false },
	{ "crates", false },
	{ "xtask", true },
	{ "a/xtask", false },
	{ "xtask/b", false },
	{ "deep/a/b", true },
	{ "ex", false },
	{ "", false },
};

START_TEST(members_are_told_by_pattern)
{
	struct arena a = { 0 };
	struct manifest root;

	manifest_parse(&root, &a, SPAN(workspace_root));
	ck_assert_int_eq(manifest_member(&root, span_of(members[_i].path)),
			 members[_i].member);
	arena_release(&a);
}
END_TEST

static bool has_dependency(const struct manifest *m,
			   const struct dependency *dep)
{
	vec_each (const struct dependency, d, &m->deps)
		if (d->kind == dep->kind && span_eq(d->name, dep->name) &&
		    span_eq(d->target, dep->target) && d->line == dep->line)
			return true;
	return false;
}

START_TEST(a_cut_manifest_invents_no_dependency)
{
	struct arena a = { 0 };
	struct manifest whole, cut;
	size_t n, i;

	for (i = 0; i < 2; i++) {
		struct span src =
			i ? SPAN(workspace_root) : SPAN(workspace_member);

		manifest_parse(&whole, &a, src);
		ck_assert(whole.whole);
		for (n = 0; n < src.len; n++) {
			manifest_parse(&cut, &a, span_first(src, n));
			vec_each (const struct dependency, d, &cut.deps)
				ck_assert(has_dependency(&whole, d));
			ck_assert_uint_le(cut.bad_line, whole.lines);
		}
	}
	arena_release(&a);
}
END_TEST

/* Nothing here takes long; Check's timeout is the judge. */
START_TEST(a_long_name_of_many_items_is_no_burden)
{
	struct arena a = { 0 };
	struct manifest o, n;
	struct cargo_changes ch;
	struct buf b = { 0 };
	int i;

	buf_adds(&b, "[features]\n");
	for (i = 0; i < 1000; i++)
		buf_addc(&b, 'f');
	buf_adds(&b, " = [");
	for (i = 0; i < 250000; i++)
		buf_addf(&b, "'%d',", i);
	buf_adds(&b, "]\n");
	manifest_parse(&o, &a, buf_span(&b));
	ck_assert(o.whole && o.facts.len == 250001);
	memset(strstr(b.ptr, "'249999'"), ' ', 8);
	memset(strstr(b.ptr, ",        ,"), ' ', 1);
	manifest_parse(&n, &a, buf_span(&b));
	manifest_diff(&ch, &a, &o, &n);
	ck_assert_uint_eq(ch.rows.len, 1);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(a_cut_lock_file_invents_no_crate)
{
	static const char src[] = "version = 3\n" PKG("a", "1.0.0")
		REG SUM("aa") PKG("b", "0.1.0") PKG("b", "2.0.0") GIT "7'\n";
	struct arena a = { 0 };
	struct lock whole, cut;
	struct cargo_changes ch;
	size_t n;

	lock_parse(&whole, &a, SPAN(src));
	ck_assert_uint_eq(whole.packages.len, 3);
	for (n = 0; n < sizeof(src); n++) {
		lock_parse(&cut, &a, span_first(SPAN(src), n));
		ck_assert_uint_le(cut.packages.len, 3);
		lock_diff(&ch, &a, &whole, &cut);
		vec_each (const struct cargo_change, c, &ch.rows)
			ck_assert(c->op != CARGO_ADDED ||
				  c->subject == SUBJECT_CHECKSUM);
	}
	arena_release(&a);
}
END_TEST

START_TEST(a_zeroed_file_is_an_empty_one)
{
	struct manifest none = { 0 }, m;
	struct lock no_lock = { 0 }, l;
	struct cargo_changes ch;
	struct arena a = { 0 };

	manifest_parse(&m, &a, SPAN("[dependencies]\na = '1'\n"));
	manifest_diff(&ch, &a, &none, &m);
	ck_assert_str_eq(rows_text(&a, &ch), "2 dependency a added (1)\n");
	manifest_diff(&ch, &a, &m, &none);
	ck_assert_str_eq(rows_text(&a, &ch), "2 dependency a removed (1)\n");
	manifest_inherit(&m, &a, &none);
	ck_assert_uint_eq(manifest_value(&none, FACT_NAME).len, 0);
	lock_parse(&l, &a, SPAN(PKG("a", "1.0.0") REG));
	lock_diff(&ch, &a, &no_lock, &l);
	ck_assert_str_eq(rows_text(&a, &ch), "1 a 1.0.0 added\n");
	arena_release(&a);
}
END_TEST

Suite *rust_cargo_suite(void);

Suite *rust_cargo_suite(void)
{
	Suite *s = suite_create("rust_cargo");
	TCase *tc = tcase_create("cargo");

	add_rows(tc, a_change_of_a_manifest_is_told_by_its_meaning, changes);
	add_rows(tc, a_change_of_a_lock_file_is_told_by_its_meaning, locks);
	add_rows(tc, versions_are_ordered_by_semver_and_cargos_rule, versions);
	tcase_add_test(tc, a_member_takes_what_its_workspace_says);
	tcase_add_test(tc, features_that_add_up_overwrite_nothing);
	add_rows(tc, members_are_told_by_pattern, members);
	tcase_add_test(tc, a_zeroed_file_is_an_empty_one);
	tcase_add_test(tc, a_cut_manifest_invents_no_dependency);
	tcase_add_test(tc, a_long_name_of_many_items_is_no_burden);
	tcase_add_test(tc, a_cut_lock_file_invents_no_crate);
	suite_add_tcase(s, tc);
	return s;
}
