/* What a tree holds that a request's words speak of. */
#include "agent/survey.h"

#include "agent/survey_pages.h"
#include "agent/survey_say.h"
#include "sandbox.h"

/* Survey the repository r for a request. */
static struct survey *survey(struct arena *a, const char *request)
{
	struct repo *r = sandbox_repo("r");
	struct survey *s = arena_new(a, struct survey);
	struct tree_list *tree = arena_new(a, struct tree_list);
	struct error err = { 0 };

	ck_assert_msg(!repo_tree(tree, a, r, NULL, 100000, &err), "%s",
		      err.msg);
	ck_assert_msg(!survey_take(s, a, r, tree, span_of(request), &err), "%s",
		      err.msg);
	repo_close(r);
	return s;
}

/* "name path:line", or "none" */
static const char *closest(struct arena *a, const struct survey *s)
{
	const struct survey_item *it;

	if (!s->closest)
		return "none";
	it = s->closest->item;
	return arena_printf(a, "%.*s %.*s:%u", SPAN_ARG(it->name),
			    SPAN_ARG(s->files.ptr[it->file].entry->path),
			    it->line);
}

/* Files of the tree: `FILE name` begins one, the rest is its text. */
static void commit(const char *files)
{
	struct span rest = span_of(files), line;
	FILE *f = NULL;

	shell("git init -q r");
	while (text_line(&rest, &line)) {
		char path[256], script[512];

		if (!span_starts(line, "FILE ")) {
			ck_assert_ptr_nonnull(f);
			fprintf(f, "%.*s\n", SPAN_ARG(line));
			continue;
		}
		if (f)
			fclose(f);
		snprintf(path, sizeof(path), "r/%.*s",
			 SPAN_ARG(span_from(line, 5)));
		snprintf(script, sizeof(script), "mkdir -p $(dirname '%s')",
			 path);
		shell(script);
		f = fopen(path, "w");
	}
	if (f)
		fclose(f);
	shell("cd r; git add -A; git commit -qm x");
}

static const struct {
	const char *request, *files, *closest;
} trees[] = {
	/* a name above documentation above a body */
	{ "a cache",
	  "FILE a.rs\nfn f() { cache() }\n/// A cache.\npub struct Map;\n"
	  "pub struct Cache;",
	  "Cache a.rs:4" },
	{ "a cache", "FILE a.rs\nfn f() { cache() }\n/// A cache.\nstruct Map;",
	  "Map a.rs:3" },
	{ "a cache", "FILE a.rs\nfn f() { cache() }", "none" },
	/* the noun of a name says what it is */
	{ "a cache",
	  "FILE a.rs\npub struct CacheKey;\nimpl CacheKey { fn f(&self) {} }\n"
	  "pub struct PageCache;\nimpl PageCache { fn f(&self) {} }",
	  "PageCache a.rs:3" },
	/* other spellings: stem, synonym, two words in one */
	{ "caching", "FILE a.rs\npub struct LruCaches;", "LruCaches a.rs:1" },
	{ "ttl", "FILE a.rs\npub struct Expiry;", "Expiry a.rs:1" },
	{ "rate limit", "FILE a.rs\npub struct Ratelimiter;",
	  "Ratelimiter a.rs:1" },
	/* the others of a family stand in for what the tree does not know … */
	{ "a clickhouse driver",
	  "FILE a.rs\npub struct Postgres;\nimpl Postgres { fn f(&self) {} }",
	  "Postgres a.rs:1" },
	/* … and not for what it does */
	{ "a clickhouse driver",
	  "FILE a.rs\npub struct Postgres;\nimpl Postgres { fn f(&self) {} }\n"
	  "pub struct ClickHouse;",
	  "ClickHouse a.rs:3" },
	/* functions speak for their type, wherever the impl is */
	{ "evict entries",
	  "FILE a.rs\npub struct Map;\nFILE b.rs\n"
	  "impl Map { pub fn evict_entry(&self) {} }",
	  "Map a.rs:1" },
	/* of types of one name the one whose file is nearest */
	{ "close the channel",
	  "FILE mpsc/a.rs\npub struct Sender;\nFILE watch/a.rs\n"
	  "pub struct Sender;\nFILE watch/b.rs\n"
	  "impl Sender { pub fn close_channel(&self) {} }",
	  "Sender watch/a.rs:1" },
	/* the impls of another crate's type */
	{ "uuid", "FILE a.rs\nimpl Encode for Uuid { fn encode(&self) {} }",
	  "Uuid a.rs:1" },
	/* an implementation rather than its trait */
	{ "a codec",
	  "FILE a.rs\npub trait Codec { fn f(&self); }\n"
	  "pub struct LineCodec;\nimpl Codec for LineCodec { fn f(&self) {} }",
	  "LineCodec a.rs:2" },
	{ "a codec", "FILE a.rs\npub trait Codec { fn f(&self); }",
	  "Codec a.rs:1" },
	/* a file by its name alone */
	{ "a rabbitmq queue",
	  "FILE src/queue/rabbitmq.rs\n//! Sends to a queue.\n"
	  "pub fn new_pair() {}",
	  "rabbitmq src/queue/rabbitmq.rs:1" },
	/* tests, and code that is generated or of others, tell less */
	{ "a cache",
	  "FILE tests/cache.rs\npub struct Cache;\nFILE src/a.rs\n"
	  "#[cfg(test)]\nmod t { pub struct Cache; }",
	  "none" },
	{ "a cache",
	  "FILE a.rs\n// @generated\npub struct Cache;\nFILE b.rs\n"
	  "pub struct PageCache;",
	  "PageCache b.rs:1" },
	{ "a cache",
	  "FILE vendor/a/src/lib.rs\npub struct Cache;\nFILE b.rs\n"
	  "pub struct PageCache;",
	  "PageCache b.rs:1" },
	/* what is local to a function is not there for others */
	{ "a cache", "FILE a.rs\nfn f() { struct Cache; }", "none" },
	/* damage */
	{ "a cache", "FILE a.rs\npub struct Cache { (((\n\"", "Cache a.rs:1" },
	{ "a cache", "FILE a.txt\nstruct Cache;", "none" },
	{ "", "FILE a.rs\nstruct Cache;", "none" },
};

START_TEST(the_closest_implementation_is_found)
{
	struct arena a = { 0 };

	commit(trees[_i].files);
	ck_assert_str_eq(closest(&a, survey(&a, trees[_i].request)),
			 trees[_i].closest);
	arena_release(&a);
}
END_TEST

#define WORKSPACE                                                             \
	"FILE Cargo.toml\n[workspace]\nmembers = [\"a\", \"b\"]\n"            \
	"[workspace.package]\nrust-version = \"1.70\"\n"                      \
	"FILE a/Cargo.toml\n[package]\nname = \"first\"\n"                    \
	"rust-version.workspace = true\n[dependencies]\nmoka = \"0.12\"\n"    \
	"FILE b/Cargo.toml\n[package]\nname = \"second\"\n"                   \
	"FILE a/src/lib.rs\n#![forbid(unsafe_code)]\n#[cfg(feature = \"x\")]" \
	"\npub mod cache;\n/// Not there.\nmod gone;\n"                       \
	"FILE a/src/cache.rs\n//! Keeps.\npub struct Cache;\n"                \
	"pub trait Keep { fn keep(&self); fn soon(&self) {} }\n"              \
	"impl Keep for Cache { fn keep(&self) { spawn(); } }\n"               \
	"#[cfg(test)]\nmod t { #[test]\nfn a_cache_keeps() {} }\n"            \
	"FILE b/src/main.rs\n#[tokio::main]\nasync fn main() {\n"             \
	"tokio::spawn(f()); tokio::spawn(g());\n"                             \
	"let m: std::sync::Mutex<u8>; }\n"

static const struct {
	void (*say)(const struct teller *t);
	const char *words;
} told[] = {
	{ say_words, "- Looked for `cache` (also `lru`, `memoize`, `moka`): 2 "
		     "files.\n" },
	{ say_read, "- Read 3 of 3 Rust files (0 kB).\n" },
	{ say_traits, "- trait `Keep` (a/src/cache.rs:3); implemented 1 time: "
		      "`Cache` (a/src/cache.rs:4).\n" },
	{ say_attributes, "- `#![forbid(unsafe_code)]` (a/src/lib.rs:1).\n" },
	{ say_gates, "- Module `cache` stands under `#[cfg(feature = \"x\")]` "
		     "(a/src/lib.rs:3).\n" },
	{ say_runtime,
	  "- Runtime `#[tokio::main]`: 1 place, b/src/main.rs:1.\n" },
	{ say_tasks, "- Task started by `spawn`: 1 place, a/src/cache.rs:4.\n"
		     "- … and 1 more of that kind in other crates.\n" },
	{ say_locks, "- Shared through `std::sync::Mutex`: 1 place, "
		     "b/src/main.rs:4.\n" },
	{ say_channels, "" },
	{ say_errors, "" },
	{ say_dependencies, "- Dependencies that the words name: `moka` "
			    "(a/Cargo.toml:5).\n- `first` depends on `moka` "
			    "0.12 (a/Cargo.toml).\n" },
	{ say_tests, "- `first`: 1 test function beside the code, 0 files of "
		     "tests with 0 test functions (a/Cargo.toml).\n- 1 test "
		     "function mentions the words, first: `a_cache_keeps` "
		     "(a/src/cache.rs:7).\n" },
};

START_TEST(each_fact_is_told_with_its_place)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct teller t = { &out, &a, NULL };

	commit(WORKSPACE);
	t.s = survey(&a, "a cache");
	told[_i].say(&t);
	ck_assert_str_eq(buf_cstr(&out), told[_i].words);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

/* What was looked for, and in its place. */
static const struct {
	const char *request, *files, *words;
} looked[] = {
	{ "LRU cache", "FILE a.rs\nstruct LruCache;",
	  "- Looked for `lru` (also `memoize`, `moka`): 1 file; `cache` (also "
	  "`memoize`, `moka`): 1 file.\n" },
	{ "toml", "FILE a.rs\nstruct Yaml;\nFILE b.rs\nstruct Json;",
	  "- Nowhere in the Rust files read: `toml`.\n- In place of `toml` its "
	  "like was looked for: `yaml`, `json`, `ron`.\n" },
	{ "toml", "FILE a.rs\nstruct Toml;\nFILE b.rs\nstruct Json;",
	  "- Looked for `toml`: 1 file.\n" },
	{ "make it fast", "FILE a.rs\nstruct Fast;", "" },
};

START_TEST(the_words_are_told)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct teller t = { &out, &a, NULL };

	commit(looked[_i].files);
	t.s = survey(&a, looked[_i].request);
	say_words(&t);
	ck_assert_str_eq(buf_cstr(&out), looked[_i].words);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

START_TEST(crates_and_modules_are_mapped)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct teller t = { &out, &a, NULL };

	commit(WORKSPACE);
	t.s = survey(&a, "a cache");
	say_crates(&t, 4);
	say_modules(&t, 1000);
	ck_assert_str_eq(
		buf_cstr(&out),
		"- Crate `first` (a/Cargo.toml:2), edition `2015` (none is "
		"set), Rust `1.70`; library; 2 Rust files, 2 public items.\n"
		"- 1 more crate: `second`.\n"
		"- a/src/cache.rs: 7 lines, 2 public items; `Keeps.`.\n"
		"- a/src/lib.rs: 5 lines, 0 public items.\n"
		"- b/src/main.rs: 4 lines, 0 public items.\n");
	buf_reset(&out);
	say_modules(&t, 60);
	ck_assert_str_eq(buf_cstr(&out),
			 "- a/src/cache.rs: 7 lines, 2 public items; `Keeps.`."
			 "\n- … and 2 more modules that match less.\n");
	buf_release(&out);
	arena_release(&a);
}
END_TEST

/* The lines that are shown of a file, as "1-3 7-9"; of documentation the first
 * paragraph. */
static const struct {
	enum page_part part;
	const char *lines;
} shown[] = {
	{ PAGE_WHOLE, "1-6 8-12" },
	{ PAGE_OUTLINE, "1-1 3-6 8-9" },
	{ PAGE_DECLARATION, "1-1 3-6" },
};

START_TEST(a_unit_is_shown_whole_or_by_its_declarations)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct pages p = { .arena = &a, .most = 4000 };
	const struct survey *s;
	uint32_t before = 0;

	commit("FILE a.rs\n/// A cache.\n///\n#[derive(Debug)]\n"
	       "pub struct Cache {\n    a: u8,\n}\n// between\n"
	       "impl Cache {\n    pub fn get(&self) -> u8 {\n        1\n"
	       "    }\n}\nfn other() {}\n");
	s = survey(&a, "cache");
	survey_show_unit(&p, s, s->closest, shown[_i].part);
	pages_close(&p);
	ck_assert_uint_eq(p.rows.len, 1);
	vec_each (const struct page_line, l, &p.rows.ptr[0]->lines) {
		bool last = l + 1 ==
			    p.rows.ptr[0]->lines.ptr + p.rows.ptr[0]->lines.len;

		if (!got.len || l->number != before + 1)
			buf_addf(&got, "%s%u", got.len ? " " : "", l->number);
		before = l->number;
		if (last || l[1].number != l->number + 1)
			buf_addf(&got, "-%u", l->number);
	}
	ck_assert_str_eq(buf_cstr(&got), shown[_i].lines);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

START_TEST(no_more_than_a_bound_is_read)
{
	struct arena a = { 0 };
	const struct survey *s;

	shell("git init -q r; cd r; for i in 1 2 3 4 5 6 7 8 9; do "
	      "(echo \"// $i\"; head -c 3500000 /dev/zero | tr '\\0' ' ') "
	      ">big$i.rs; done; echo 'struct Cache;' >z_cache.rs; echo "
	      "'struct Key;' >.env; ln -s .env link_cache.rs; printf "
	      "'struct NulCache;\\0' >n_cache.rs; git add -A; "
	      "git commit -qm x");
	s = survey(&a, "a cache");
	/* what the request names comes first; links and binaries are none */
	ck_assert_str_eq(closest(&a, s), "Cache z_cache.rs:1");
	ck_assert_uint_eq(s->files.len, 11);
	ck_assert_uint_eq(s->read + s->left_out, 11);
	ck_assert_uint_gt(s->left_out, 2);
	ck_assert_uint_le(s->bytes, SURVEY_BYTES);
	arena_release(&a);
}
END_TEST

Suite *survey_suite(void)
{
	Suite *s = suite_create("survey");
	TCase *tc = tcase_create("survey");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, the_closest_implementation_is_found, trees);
	add_rows(tc, each_fact_is_told_with_its_place, told);
	add_rows(tc, the_words_are_told, looked);
	tcase_add_test(tc, crates_and_modules_are_mapped);
	add_rows(tc, a_unit_is_shown_whole_or_by_its_declarations, shown);
	tcase_add_test(tc, no_more_than_a_bound_is_read);
	suite_add_tcase(s, tc);
	return s;
}
