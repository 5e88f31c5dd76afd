#include "rust/lexer.h"

#include "base/buf.h"
#include "rust_invariants.h"
#include "test.h"

/* The kinds of tokens, and of comments in brackets, in their order. */
static const struct {
	const char *src, *kinds;
} files[] = {
	{ "", "" },
	{ " \t\r\n\v\f", "" },
	{ "fn r#fn", "fn raw_ident" },
	{ "async r#async union macro_rules Self self",
	  "async raw_ident union macro_rules Self self" },
	{ "fnord unionize Selfie as_ _as", "ident ident ident ident ident" },
	{ "a_ _ _a __", "ident _ ident ident" },
	{ "\xc3\xbc\x62 x\xc3\xbc", "ident ident" },
	/* white space that is not ASCII */
	{ "a\xe2\x80\xa8"
	  "b\xc2\x85"
	  "c\xe2\x80\x8e"
	  "d",
	  "ident ident ident ident" },
	{ "\xef\xbb\xbf"
	  "fn",
	  "fn" },
	/* lifetimes and chars */
	{ "'a", "lifetime" },
	{ "'a'", "char" },
	{ "'a 'static '_ 'r#fn", "lifetime lifetime lifetime lifetime" },
	{ "<'a, 'b>", "< lifetime , lifetime >" },
	{ "'\\'' '\\\\' '\"' b'\\'' b'\"'", "char char char byte byte" },
	{ "'\xc3\xbc' '\xe2\x82\xac' '\xf0\x9f\xa6\x80'", "char char char" },
	{ "'\xc3\xbc\x62", "lifetime" },
	{ "'\\u{1F980}' '\\u{1_F_9_8_0}' '\\x7f'", "char char char" },
	{ "'ab'", "char" },
	{ "match c { 'a'..='z' => 'b', '\\n' => '}' }",
	  "match ident { char .. char => char , char => char }" },
	{ "'(' ')' ''' x", "char char unknown unknown unknown ident" },
	{ "b'x b'", "ident lifetime ident unknown" },
	{ "'\\\n'a", "unknown unknown lifetime" },
	{ "'\\", "unknown unknown" },
	{ "'\xff\x01\nb'c", "lifetime unknown ident lifetime" },
	/* strings */
	{ "\"a\" \"\\\"\" \"\\\\\" \"\"", "str str str str" },
	{ "\"a\nb\" x", "str ident" },
	{ "\"// no /* comment\" x", "str ident" },
	{ "b\"x\" c\"x\" br\"x\" cr\"x\" r\"x\"",
	  "byte_str c_str raw_byte_str raw_c_str raw_str" },
	{ "r#\"a\"b\"# r##\"\"#\"## br#\"\"# cr#\"\\\"#",
	  "raw_str raw_str raw_byte_str raw_c_str" },
	{ "r\"\\\" x", "raw_str ident" },
	{ "r#a r #a r#1 r## br#x", "raw_ident ident # ident ident # int "
				   "ident # # ident # ident" },
	{ "bx cx rx brx b c r br cr", "ident ident ident ident ident ident "
				      "ident ident ident" },
	/* numbers */
	{ "1 1u8 0xff_u8 0b1 0o7 1_000", "int int int int int int" },
	{ "1. 1.5 1e5 1E-5 1.5e+3f32 1f32 1_e_5",
	  "float float float float float int float" },
	{ "1..2 1..=2 1...2", "int .. int int .. int int .. int" },
	{ "1.max(2) 1.e5 1._0", "int . ident ( int ) int . ident "
				"int . ident" },
	{ "x.0.0 x.0.1.max()", "ident . int . int "
			       "ident . int . int . ident ( )" },
	{ "0..0.5", "int .. float" },
	{ "1e 1e+ 0xE+1", "int int + int + int" },
	/* punctuation */
	{ ":: : -> - => == = != ! ..= ... .. . <= >= && || += <- ~",
	  ":: : -> - => == = != ! .. .. .. . < = > = & & | | + = < - ~" },
	{ "a:::b a====b", "ident :: : ident ident == == ident" },
	{ "Vec<Vec<u8>>=x", "ident < ident < ident > > = ident" },
	{ "$x @ #[a] ? ^ %", "$ ident @ # [ ident ] ? ^ %" },
	{ "\\ ` \x01", "unknown unknown unknown" },
	/* comments */
	{ "// a\n/// b\n//! c\n//// d\n//",
	  "[comment] [doc] [inner_doc] [comment] [comment]" },
	{ "/* a */ /** b */ /*! c */ /*** d */ /**/ /***/",
	  "[block_comment] [block_doc] [inner_block_doc] [block_comment] "
	  "[block_comment] [block_comment]" },
	{ "/* /* */ */ a /*/ b */ c", "[block_comment] ident "
				      "[block_comment] ident" },
	{ "/*/**/*/ a", "[block_comment] ident" },
	{ "a / b /= c", "ident / ident / = ident" },
	/* the top of a file */
	{ "#!/bin/run\nfn", "[shebang] fn" },
	{ "#![a]\nfn", "# ! [ ident ] fn" },
	{ "#!\n [a]", "# ! [ ident ]" },
	{ "---\n[dependencies]\n---\nfn", "[front_matter] fn" },
	{ "#!/x\n---cargo\na = \"\n---\nfn", "[shebang] [front_matter] fn" },
	{ "----\n---\n----\nfn", "[front_matter] fn" },
	{ "---\nfn", "- - - fn" },
	/* conflict markers */
	{ "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x'y\n",
	  "[conflict] ident [conflict] ident [conflict]" },
	{ "<<<<<<< a\n||||||| b\n=======\r\n",
	  "[conflict] [conflict] [conflict]" },
	{ " <<<<<<< a", "< < < < < < < ident" },
	{ "======== a", "== == == == ident" },
	/* what is never closed */
	{ "a \"b\nc", "ident str ident" },
	{ "a r#\"b\nc", "ident raw_str ident" },
	{ "a /* b\nc", "ident [block_comment] ident" },
	/* one quote too many: only its line is lost */
	{ "a(\"x\");\nb(\"y);\nc(\"z {}\");\nd(\"w\");\ne",
	  "ident ( str ) ; ident ( str ident ( str ) ; ident ( str ) ; "
	  "ident" },
};

static const char *kinds_of(const struct lexer *lx, struct buf *out)
{
	struct lexer_piece it = { 0 };

	while (lexer_piece(&it, lx)) {
		const char *sep = out->len ? " " : "";

		if (it.token)
			buf_addf(out, "%s%s", sep,
				 lexer_kind_name(it.token->kind));
		else if (it.comment)
			buf_addf(out, "%s[%s]", sep,
				 lexer_comment_name(it.comment->kind));
	}
	return buf_cstr(out);
}

START_TEST(every_piece_has_its_kind)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct lexer lx;

	lexer_run(&lx, &a, span_of(files[_i].src));
	ck_assert_str_eq(kinds_of(&lx, &out), files[_i].kinds);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

START_TEST(the_pieces_are_the_input_wherever_it_is_cut)
{
	ck_assert_pstr_eq(reading_broken_cut(span_of(files[_i].src)), NULL);
}
END_TEST

static const char *const words[] = {
	"as",	  "async",    "await",	 "auto",	"box",	    "break",
	"const",  "continue", "crate",	 "default",	"do",	    "dyn",
	"else",	  "enum",     "extern",	 "false",	"fn",	    "for",
	"gen",	  "if",	      "impl",	 "in",		"let",	    "loop",
	"macro",  "match",    "mod",	 "move",	"mut",	    "pub",
	"raw",	  "ref",      "return",	 "safe",	"self",	    "Self",
	"static", "struct",   "super",	 "trait",	"true",	    "try",
	"type",	  "union",    "unsafe",	 "use",		"where",    "while",
	"yield",  "abstract", "become",	 "final",	"override", "priv",
	"typeof", "unsized",  "virtual", "macro_rules",
};

START_TEST(a_keyword_is_one_only_when_whole)
{
	struct arena a = { 0 };
	struct lexer lx;

	lexer_run(&lx, &a, span_of(words[_i]));
	ck_assert_uint_eq(lx.count, 1);
	ck_assert_uint_ne(lx.tok[0].kind, TOKEN_IDENT);
	ck_assert_str_eq(lexer_kind_name(lx.tok[0].kind), words[_i]);
	lexer_run(&lx, &a, span_of(arena_printf(&a, "%s_", words[_i])));
	ck_assert_uint_eq(lx.tok[0].kind, TOKEN_IDENT);
	lexer_run(&lx, &a, span_of(arena_printf(&a, "%sx", words[_i])));
	ck_assert_uint_eq(lx.tok[0].kind, TOKEN_IDENT);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *src;
	uint32_t errors;
	unsigned flags;
} damage[] = {
	{ "fn a() { \"b\" }", 0, 0 },
	{ "\x01", 1, 0 },
	{ "'", 1, 0 },
	{ "\"", 1, LEXER_CUT },
	{ "r\"", 1, LEXER_CUT },
	{ "/*", 1, 0 },
	{ "/* /* */", 1, 0 },
	{ "<<<<<<< a\n", 0, LEXER_CONFLICT },
	{ "a(\"x);\nc(\"z\");\n", 1, LEXER_CUT },
};

START_TEST(what_is_not_rust_is_counted)
{
	struct arena a = { 0 };
	struct lexer lx;

	lexer_run(&lx, &a, span_of(damage[_i].src));
	ck_assert_uint_eq(lx.errors, damage[_i].errors);
	ck_assert_uint_eq(lx.flags, damage[_i].flags);
	arena_release(&a);
}
END_TEST

START_TEST(a_file_beyond_the_bounds_is_flagged)
{
	static char big[LEXER_BYTES_MAX + 1];
	struct arena a = { 0 };
	struct lexer lx;

	memset(big, ';', sizeof(big));
	lexer_run(&lx, &a, (struct span){ big, sizeof(big) });
	ck_assert_uint_eq(lx.flags, LEXER_TOO_LONG);
	ck_assert_uint_eq(lx.count, 0);
	lexer_run(&lx, &a, (struct span){ big, sizeof(big) - 1 });
	ck_assert_uint_eq(lx.flags, LEXER_TOO_MANY);
	ck_assert_uint_eq(lx.count, LEXER_TOKENS_MAX);
	ck_assert_pstr_eq(lexer_broken(&lx), NULL);
	arena_release(&a);
}
END_TEST

START_TEST(tokens_and_comments_are_found_by_place)
{
	struct arena a = { 0 };
	struct lexer lx;

	lexer_run(&lx, &a, SPAN("a /* 1 */\n\n\"x\ny\" // 2\nb"));
	ck_assert_uint_eq(lexer_at(&lx, 0), 0);
	ck_assert_uint_eq(lexer_at(&lx, 1), 1);
	ck_assert_uint_eq(lexer_at(&lx, 99), 3);
	ck_assert_uint_eq(lexer_at_line(&lx, 1), 0);
	ck_assert_uint_eq(lexer_at_line(&lx, 2), 1);
	ck_assert_uint_eq(lexer_at_line(&lx, 5), 2);
	ck_assert_uint_eq(lexer_last_line(&lx, 1), 4);
	ck_assert_uint_eq(lexer_comment_at(&lx, 0), 0);
	ck_assert_uint_eq(lexer_comment_at(&lx, 3), 1);
	ck_assert_uint_eq(lx.comment[1].token, 2);
	ck_assert(span_eqs(lexer_range(&lx, 1, 2), "\"x\ny\" // 2\nb"));
	ck_assert(!lexer_glued(&lx, 0));
	lexer_run(&lx, &a, SPAN("r#fn 'r#x 'y"));
	ck_assert(span_eqs(lexer_word(&lx, 0), "fn"));
	ck_assert(span_eqs(lexer_word(&lx, 1), "x"));
	ck_assert(span_eqs(lexer_word(&lx, 2), "y"));
	arena_release(&a);
}
END_TEST

Suite *rust_lexer_suite(void)
{
	Suite *s = suite_create("rust_lexer");
	TCase *tc = tcase_create("lexer");

	add_rows(tc, every_piece_has_its_kind, files);
	add_rows(tc, the_pieces_are_the_input_wherever_it_is_cut, files);
	add_rows(tc, a_keyword_is_one_only_when_whole, words);
	add_rows(tc, what_is_not_rust_is_counted, damage);
	tcase_add_test(tc, a_file_beyond_the_bounds_is_flagged);
	tcase_add_test(tc, tokens_and_comments_are_found_by_place);
	suite_add_tcase(s, tc);
	return s;
}
