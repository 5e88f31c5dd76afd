/* What a path stands for where it is called. */
#include "rust/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "rust/look.h"
#include "test.h"

/* The path of each name X, Y, Z in a row, by the imports around it. */
static const struct {
	const char *src, *paths;
} paths[] = {
	{ "fn f() { X() }", "X" },
	{ "fn f() { std::fs::X() }", "std::fs::X" },
	{ "fn f() { ::std::fs::X() }", "std::fs::X" },
	{ "use std::fs; fn f() { fs::X() }", "std::fs::X" },
	{ "use std::fs::X; fn f() { X() }", "std::fs::X std::fs::X" },
	{ "use std::fs::Y as X; fn f() { X() }", "std::fs::Y" },
	{ "use std::{fs::{self, File}, io}; fn f() { fs::X(io::Y, File::Z) }",
	  "std::fs::X std::io::Y std::fs::File::Z" },
	{ "use a::b as c; fn f() { c::X::<u8>() }", "a::b::X" },
	{ "use a::B; fn f() { B::<u8>::X() }", "a::B::X" },
	{ "fn f() { self::X(); crate::Y() }", "self::X crate::Y" },
	/* scopes */
	{ "fn f() { use std::fs; fs::X() } fn g() { fs::Y() }",
	  "std::fs::X fs::Y" },
	{ "use tokio::fs; fn f() { use std::fs; fs::X() } fn g() { fs::Y() }",
	  "std::fs::X tokio::fs::Y" },
	{ "mod a { use std::fs; fn f() { fs::X() } } use tokio::fs; "
	  "fn g() { fs::Y() }",
	  "std::fs::X tokio::fs::Y" },
	{ "mod a { use super::*; fn f() { fs::X() } } use tokio::fs;",
	  "tokio::fs::X" },
	{ "fn f() { use a::b; fn g() { use c::b; b::X() } b::Y() }",
	  "c::b::X a::b::Y" },
	{ "#[cfg(a)] use a::b; #[cfg(not(a))] use c::b; fn f() { b::X() }",
	  "a::b::X" },
	{ "impl A { fn f() { use a::b; b::X() } fn g() { b::Y() } }",
	  "a::b::X b::Y" },
};

START_TEST(a_path_is_resolved_by_the_imports_around_it)
{
	struct arena a = { 0 };
	struct source s;
	struct buf b = { 0 };

	source_read(&s, &a, SPAN("src/lib.rs"), span_of(paths[_i].src));
	for (uint32_t i = 0; i < s.lx.count; i++) {
		struct span word = lexer_text(&s.lx, i);

		if (word.len != 1 || *word.ptr < 'X' || *word.ptr > 'Z')
			continue;
		if (look_kind(&s, i - 1) == KW_AS || look_is(&s, i + 1, "as"))
			continue;
		buf_addf(&b, "%s%.*s", b.len ? " " : "",
			 SPAN_ARG(look_path(&s, &a, i)));
	}
	ck_assert_msg(!strcmp(buf_cstr(&b), paths[_i].paths),
		      "'%s', not '%s' in\n%s", buf_cstr(&b), paths[_i].paths,
		      paths[_i].src);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *rust_import_suite(void)
{
	Suite *s = suite_create("rust_import");
	TCase *tc = tcase_create("import");

	add_rows(tc, a_path_is_resolved_by_the_imports_around_it, paths);
	suite_add_tcase(s, tc);
	return s;
}
