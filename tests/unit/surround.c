#include "agent/surround.h"

#include "agent/gather.h"
#include "agent/task.h"
#include "core/settings.h"
#include "sandbox.h"

/* A small workspace, as its first commit has it. */
static const struct {
	const char *path, *text;
} base[] = {
	{ "Cargo.toml", "[workspace]\n"
			"members = [\"shapes\", \"web\"]\n"
			"[workspace.package]\n"
			"edition = \"2021\"\n"
			"rust-version = \"1.75\"\n" },
	{ "shapes/Cargo.toml", "[package]\n"
			       "name = \"base-shapes\"\n"
			       "version = \"0.1.0\"\n"
			       "edition.workspace = true\n"
			       "rust-version.workspace = true\n" },
	{ "shapes/src/lib.rs", "//! Shapes.\n"
			       "mod square;\n"
			       "/// What has an area.\n"
			       "pub trait Area {\n"
			       "    fn area(&self) -> f64;\n"
			       "    fn label(&self) -> String {\n"
			       "        String::new()\n"
			       "    }\n"
			       "}\n"
			       "/// A length.\n"
			       "#[derive(Clone)]\n"
			       "pub struct Length {\n"
			       "    pub metres: f64,\n"
			       "}\n"
			       "impl Length {\n"
			       "    /// Of so many feet.\n"
			       "    /// Not exact.\n"
			       "    pub fn from_feet(feet: f64) -> Self {\n"
			       "        Self { metres: feet * 0.3048 }\n"
			       "    }\n"
			       "}\n" },
	{ "shapes/src/square.rs", "use crate::{Area, Length};\n"
				  "pub struct Square {\n"
				  "    side: Length,\n"
				  "}\n"
				  "impl Area for Square {\n"
				  "    fn area(&self) -> f64 {\n"
				  "        let side = self.side.metres;\n"
				  "        side * side\n"
				  "    }\n"
				  "}\n"
				  "impl Square {\n"
				  "    fn grow(&mut self) {\n"
				  "        let a = 1;\n"
				  "        let b = 2;\n"
				  "        let c = 3;\n"
				  "        let d = 4;\n"
				  "        let e = 5;\n"
				  "        let f = 6;\n"
				  "        let g = 7;\n"
				  "        let h = 8;\n"
				  "        self.side.metres += 1.0;\n"
				  "    }\n"
				  "}\n" },
	{ "shapes/tests/area.rs", "#[test]\n"
				  "fn areas() {\n"
				  "    let s = base_shapes::Square::new();\n"
				  "    s.grow();\n"
				  "}\n" },
	{ "web/Cargo.toml", "[package]\n"
			    "name = \"web\"\n"
			    "version = \"0.1.0\"\n"
			    "edition = \"2018\"\n"
			    "[dependencies]\n"
			    "base-shapes = { path = \"../shapes\" }\n" },
	{ "web/src/main.rs", "use base_shapes::Area;\n"
			     "struct Page;\n"
			     "impl Area for Page {\n"
			     "    fn area(&self) -> f64 {\n"
			     "        1.0\n"
			     "    }\n"
			     "}\n"
			     "fn main() {\n"
			     "    let mut s = base_shapes::Square::new();\n"
			     "    s.grow();\n"
			     "    query(\"SELECT * FROM orders\");\n"
			     "}\n" },
	{ "web/order.proto", "syntax = \"proto3\";\n"
			     "message Order {\n"
			     "  int32 id = 1;\n"
			     "}\n"
			     "message Page {\n"
			     "  int32 id = 1;\n"
			     "}\n" },
};

static struct arena arena;
static struct task_input in;
static struct repo *repo;

static void put(const char *path, const char *text)
{
	FILE *f;

	shell(arena_printf(&arena, "mkdir -p \"$(dirname '%s')\"", path));
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void setup(void)
{
	sandbox_open();
	shell("git init -q r");
	ck_assert_int_eq(chdir("r"), 0);
	for (size_t i = 0; i < sizeof(base) / sizeof(*base); i++)
		put(base[i].path, base[i].text);
	shell("git add .; git commit -qm base");
}

static void teardown(void)
{
	repo_close(repo);
	repo = NULL;
	arena_release(&arena);
	sandbox_close();
}

/* Gather what a command line asks for after a script has edited the tree. */
static void gather(const char *script, const char *line)
{
	static const struct settings settings = { .max_guides = 64 << 10 };
	static struct task_request rq;
	struct error err = { 0 };

	shell(script);
	rq = (struct task_request){ .task = &task_review,
				    .spec = sandbox_spec(&arena, line) };
	repo = sandbox_repo(NULL);
	ck_assert_msg(!task_gather(&in, &arena, repo, &rq, &settings, &err),
		      "%s", err.msg);
	surround_read(&in, &arena, repo);
}

/* "path 3-7 9; path 1" of every page. */
static const char *lines_shown(struct buf *out)
{
	vec_each (struct page *, p, &in.surround.pages.rows) {
		const struct page_line *l = (*p)->lines.ptr;
		size_t n = (*p)->lines.len;

		buf_addf(out, "%s%.*s", out->len ? "; " : "",
			 SPAN_ARG((*p)->path));
		for (size_t i = 0, k; i < n; i = k + 1) {
			for (k = i;
			     k + 1 < n && l[k + 1].number == l[k].number + 1;)
				k++;
			buf_addf(out, " %u", l[i].number);
			if (k > i)
				buf_addf(out, "-%u", l[k].number);
		}
	}
	return buf_cstr(out);
}

#define SED(path, script) "sed -i '" script "' " path ";"

static const struct {
	const char *edit, *line, *lines, *why;
} choices[] = {
	{ SED("shapes/src/square.rs", "s/let a = 1/let a = 2/"), "",
	  "shapes/src/square.rs 17-22",
	  "the rest of the function; the patch shows its impl's header" },
	{ SED("shapes/src/square.rs", "s/+= 1.0/+= 2.0/"), "",
	  "shapes/src/square.rs 11-17",
	  "the function's begin and its impl's header" },
	{ SED("shapes/src/square.rs", "21i let x = Length::from_feet(2.0);"),
	  "", "shapes/src/square.rs 11-17; shapes/src/lib.rs 10-16 18",
	  "a type whole, a signature with the first line of its docs" },
	{ SED("shapes/src/square.rs", "/let d/d"), "",
	  "shapes/src/square.rs 11-12 19-21",
	  "a removed line is in the function around it" },
	{ SED("web/src/main.rs", "s/1.0/self.label().len() as f64/"), "",
	  "shapes/src/lib.rs 4 6", "the trait's own function" },
	{ SED("shapes/src/lib.rs", "$a struct Ring;\\nimpl Area for Ring {\\n"
				   "fn area(\\&self) -> f64 { 3.0 }\\n}"),
	  "",
	  "shapes/src/lib.rs 3-9; shapes/src/square.rs 5-10; "
	  "web/src/main.rs 3-4",
	  "the nearest sibling whole, the other's headers" },
	{ SED("shapes/src/square.rs",
	      "s/let a = 1/let a = 2/") "git commit -qam two; echo "
					">>web/src/main.rs;",
	  "HEAD~1..HEAD", "shapes/src/square.rs 17-22", "a commit's tree" },
	{ SED("shapes/src/lib.rs",
	      "s/metres: f64/metres: f32/") "git commit -qam two;"
					    "echo 'fn f(x: &Length) { x }' "
					    ">>shapes/src/square.rs;",
	  "HEAD~1", "", "the patch shows the type" },
	{ "echo x >>web/order.proto;", "", "", "no Rust" },
	{ "git rm -q web/src/main.rs;", "", "", "a deleted file" },
	{ SED("shapes/src/lib.rs", "s/A length/A distance/"), "",
	  "shapes/src/lib.rs 14", "documentation belongs to its item" },
};

START_TEST(what_stands_around_a_change_is_chosen)
{
	struct buf got = { 0 };

	gather(choices[_i].edit, choices[_i].line);
	ck_assert_msg(!strcmp(lines_shown(&got), choices[_i].lines),
		      "%s (%s): %s, not %s", choices[_i].edit, choices[_i].why,
		      buf_cstr(&got), choices[_i].lines);
	buf_release(&got);
}
END_TEST

/* A function too long to be shown whole. */
static void put_long(unsigned lines)
{
	struct buf b = { 0 };

	buf_adds(&b, "fn long() {\n    loop {\n");
	for (unsigned i = 3; i < lines - 1; i++)
		buf_addf(&b, "        step(%u);\n", i);
	buf_adds(&b, "    }\n}\n");
	put("shapes/src/long.rs", buf_cstr(&b));
	buf_release(&b);
}

static const struct {
	unsigned lines, line;
	const char *shown;
} longs[] = {
	{ 150, 75, "shapes/src/long.rs 1-71 79-150" },
	{ 151, 75, "shapes/src/long.rs 1-2 44-71 79-105 141-151" },
	{ 400, 200, "shapes/src/long.rs 1-2 169-196 204-230 390-400" },
	{ 400, 5, "shapes/src/long.rs 1 9-35 390-400" },
	{ 400, 398, "shapes/src/long.rs 1-2 367-394" },
};

START_TEST(of_a_long_function_parts_are_shown)
{
	struct buf got = { 0 };

	put_long(longs[_i].lines);
	shell("git add .; git commit -qm long");
	gather(arena_printf(&arena,
			    "sed -i '%us/step/jump/' "
			    "shapes/src/long.rs",
			    longs[_i].line),
	       "");
	ck_assert_str_eq(lines_shown(&got), longs[_i].shown);
	buf_release(&got);
}
END_TEST

#define SHAPES                                                                 \
	"crate base-shapes in shapes/: edition 2021, rust-version 1.75, in a " \
	"workspace of 2 crates\n"
#define WEB                                                                    \
	"crate web in web/: edition 2018, no rust-version, in a workspace of " \
	"2 crates\n"
#define ALL "looked for in 4 of 4 Rust files\n"

static const struct {
	const char *edit, *facts;
} told[] = {
	{ SED("shapes/src/square.rs", "s/let a = 1/let a = 2/"),
	  SHAPES "`Square::grow` of shapes/src/square.rs: 1 call, 1 in tests; "
		 "nearest: web/src/main.rs:10 in `main`\n" ALL },
	{ SED("shapes/src/square.rs", "s/grow(&mut self)/grow(\\&self)/"),
	  SHAPES
	  "`Square::grow` of shapes/src/square.rs (new or with another "
	  "signature): 1 call, 1 in tests; nearest: web/src/main.rs:10 in "
	  "`main`\n" ALL },
	{ SED("shapes/src/square.rs", "12,22d"),
	  SHAPES "`Square::grow` of shapes/src/square.rs (removed): 1 call, 1 "
		 "in tests; nearest: web/src/main.rs:10 in `main`\n" ALL },
	{ SED("web/src/main.rs", "$a impl Area for u8 {\\n}"),
	  WEB "`Area` is implemented anew at web/src/main.rs:13; 2 other "
	      "implementations, nearest: web/src/main.rs:3, "
	      "shapes/src/square.rs:5\n" ALL },
	{ SED("web/src/main.rs", "$a impl Drop for u8 {\\n}"), WEB },
	{ "echo 'create table if not exists public.orders (id int);"
	  "-- create table no' >web/1.sql; git add .;",
	  WEB "web/1.sql: table `orders`: the word `orders` stands 1 time in 1 "
	      "Rust file: web/src/main.rs:11\n" ALL },
	{ SED("web/order.proto", "6s/1/2/"),
	  WEB "web/order.proto: message `Page`: the word `Page` stands 2 times "
	      "in 1 Rust file: web/src/main.rs:2, web/src/main.rs:3\n" ALL },
	{ SED("web/order.proto", "3s/1/2/"),
	  WEB "web/order.proto: message `Order`: no Rust file that was read "
	      "speaks of it\n" ALL },
	{ SED("shapes/tests/area.rs", "s/s.grow/s.shrink/"), SHAPES },
};

START_TEST(facts_are_told_of_the_tree)
{
	struct buf got = { 0 };

	gather(told[_i].edit, "HEAD");
	surround_facts(&got, &in.surround);
	ck_assert_msg(!strcmp(buf_cstr(&got), told[_i].facts), "%s\n%snot\n%s",
		      told[_i].edit, buf_cstr(&got), told[_i].facts);
	buf_release(&got);
}
END_TEST

static const struct {
	const char *edit, *rows;
} cargos[] = {
	{ SED("web/Cargo.toml", "$a serde = \"1\""),
	  "web/Cargo.toml:7: dependency serde added (1)\n" },
	{ SED("shapes/Cargo.toml", "/rust-version/d"),
	  "shapes/Cargo.toml:5: rust-version 1.75 removed\n" },
	{ SED("Cargo.toml", "s/2021/2024/")
		  SED("shapes/Cargo.toml", "s/edition.*/edition = \"2024\"/"),
	  "Cargo.toml:4: workspace.package.edition 2021 → 2024\n"
	  "shapes/Cargo.toml:4: edition 2021 → 2024\n" },
	{ "printf 'version = 4\\n[[package]]\\nname = \"a\"\\n"
	  "version = \"1.0.0\"\\n' >Cargo.lock; git add .;",
	  "Cargo.lock:1: lock format none → 4\n"
	  "Cargo.lock:2: a 1.0.0 added from a path\n" },
	{ "echo 'fn main() {}' >web/build.rs; git add .;",
	  "web/build.rs: build script added; Cargo runs it when the crate is "
	  "built\n" },
	{ SED("web/Cargo.toml", "$a [broken"),
	  "web/Cargo.toml:7: not read any further: " },
	{ SED("shapes/src/lib.rs", "s/A length/A distance/"), "" },
};

START_TEST(dependencies_are_listed)
{
	gather(cargos[_i].edit, "HEAD");
	ck_assert_msg(*cargos[_i].rows
			      ? span_starts(in.surround.cargo, cargos[_i].rows)
			      : !in.surround.cargo.len,
		      "%s\n%.*s", cargos[_i].edit, SPAN_ARG(in.surround.cargo));
}
END_TEST

START_TEST(existing_code_has_no_news)
{
	struct buf facts = { 0 };

	gather("true", "--all HEAD -- shapes web");
	surround_facts(&facts, &in.surround);
	ck_assert_ptr_null(strstr(buf_cstr(&facts), "anew"));
	ck_assert_ptr_null(strstr(buf_cstr(&facts), "signature"));
	ck_assert_uint_eq(in.surround.cargo.len, 0);
	ck_assert_uint_eq(in.surround.pages.rows.len, 0);
	buf_release(&facts);
}
END_TEST

START_TEST(many_changes_stay_within_the_budget)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < 400; i++)
		buf_addf(&b,
			 "fn f%u() {\n%s    a();\n    b();\n    c();\n"
			 "    mark();\n    d();\n    e();\n    f();\n%s}\n",
			 i, "    lead_in_of_the_function();\n    x();\n",
			 "    tail_of_the_function();\n    y();\n");
	put("shapes/src/many.rs", buf_cstr(&b));
	shell("git add .; git commit -qm many");
	gather("sed -i 's/mark/work/' shapes/src/many.rs", "");
	ck_assert_uint_gt(in.surround.pages.most, SURROUND_LEAST);
	ck_assert_uint_le(in.surround.pages.bytes, in.surround.pages.most);
	ck_assert_uint_gt(in.surround.pages.bytes, 20000);
	buf_release(&b);
}
END_TEST

Suite *surround_suite(void)
{
	Suite *s = suite_create("surround");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, teardown);
	add_rows(tc, what_stands_around_a_change_is_chosen, choices);
	add_rows(tc, of_a_long_function_parts_are_shown, longs);
	add_rows(tc, facts_are_told_of_the_tree, told);
	add_rows(tc, dependencies_are_listed, cargos);
	tcase_add_test(tc, existing_code_has_no_news);
	tcase_add_test(tc, many_changes_stay_within_the_budget);
	suite_add_tcase(s, tc);
	return s;
}
