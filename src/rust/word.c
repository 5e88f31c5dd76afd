/*
 * Words: their extent, and which of them are keywords. Total, linear.
 */
#include "rust/scan.h"

#include <string.h>

/* Without collision over the keywords; a keyword more may need other factors
 * (the compiler says so: two rows for one place). */
#define SLOT(first, last_but_one, last, len)                        \
	((((unsigned)(first)*436u + (unsigned)(last_but_one)*164u + \
	   (unsigned)(last)*164u + (unsigned)(len)*314u) >>         \
	  3) &                                                      \
	 255u)
#define LONGEST (sizeof("macro_rules") - 1)
#define KEYWORD(kind, first, last_but_one, last, word) \
	[SLOT(first, last_but_one, last,               \
	      sizeof(word) - 1)] = { (kind), sizeof(word) - 1, (word) }

static const struct {
	uint8_t kind, len;
	char word[14];
} keywords[256] = {
	KEYWORD(KW_ABSTRACT, 'a', 'c', 't', "abstract"),
	KEYWORD(KW_AS, 'a', 'a', 's', "as"),
	KEYWORD(KW_ASYNC, 'a', 'n', 'c', "async"),
	KEYWORD(KW_AUTO, 'a', 't', 'o', "auto"),
	KEYWORD(KW_AWAIT, 'a', 'i', 't', "await"),
	KEYWORD(KW_BECOME, 'b', 'm', 'e', "become"),
	KEYWORD(KW_BOX, 'b', 'o', 'x', "box"),
	KEYWORD(KW_BREAK, 'b', 'a', 'k', "break"),
	KEYWORD(KW_CONST, 'c', 's', 't', "const"),
	KEYWORD(KW_CONTINUE, 'c', 'u', 'e', "continue"),
	KEYWORD(KW_CRATE, 'c', 't', 'e', "crate"),
	KEYWORD(KW_DEFAULT, 'd', 'l', 't', "default"),
	KEYWORD(KW_DO, 'd', 'd', 'o', "do"),
	KEYWORD(KW_DYN, 'd', 'y', 'n', "dyn"),
	KEYWORD(KW_ELSE, 'e', 's', 'e', "else"),
	KEYWORD(KW_ENUM, 'e', 'u', 'm', "enum"),
	KEYWORD(KW_EXTERN, 'e', 'r', 'n', "extern"),
	KEYWORD(KW_FALSE, 'f', 's', 'e', "false"),
	KEYWORD(KW_FINAL, 'f', 'a', 'l', "final"),
	KEYWORD(KW_FN, 'f', 'f', 'n', "fn"),
	KEYWORD(KW_FOR, 'f', 'o', 'r', "for"),
	KEYWORD(KW_GEN, 'g', 'e', 'n', "gen"),
	KEYWORD(KW_IF, 'i', 'i', 'f', "if"),
	KEYWORD(KW_IMPL, 'i', 'p', 'l', "impl"),
	KEYWORD(KW_IN, 'i', 'i', 'n', "in"),
	KEYWORD(KW_LET, 'l', 'e', 't', "let"),
	KEYWORD(KW_LOOP, 'l', 'o', 'p', "loop"),
	KEYWORD(KW_MACRO, 'm', 'r', 'o', "macro"),
	KEYWORD(KW_MACRO_RULES, 'm', 'e', 's', "macro_rules"),
	KEYWORD(KW_MATCH, 'm', 'c', 'h', "match"),
	KEYWORD(KW_MOD, 'm', 'o', 'd', "mod"),
	KEYWORD(KW_MOVE, 'm', 'v', 'e', "move"),
	KEYWORD(KW_MUT, 'm', 'u', 't', "mut"),
	KEYWORD(KW_OVERRIDE, 'o', 'd', 'e', "override"),
	KEYWORD(KW_PRIV, 'p', 'i', 'v', "priv"),
	KEYWORD(KW_PUB, 'p', 'u', 'b', "pub"),
	KEYWORD(KW_RAW, 'r', 'a', 'w', "raw"),
	KEYWORD(KW_REF, 'r', 'e', 'f', "ref"),
	KEYWORD(KW_RETURN, 'r', 'r', 'n', "return"),
	KEYWORD(KW_SAFE, 's', 'f', 'e', "safe"),
	KEYWORD(KW_SELF, 's', 'l', 'f', "self"),
	KEYWORD(KW_SELF_TYPE, 'S', 'l', 'f', "Self"),
	KEYWORD(KW_STATIC, 's', 'i', 'c', "static"),
	KEYWORD(KW_STRUCT, 's', 'c', 't', "struct"),
	KEYWORD(KW_SUPER, 's', 'e', 'r', "super"),
	KEYWORD(KW_TRAIT, 't', 'i', 't', "trait"),
	KEYWORD(KW_TRUE, 't', 'u', 'e', "true"),
	KEYWORD(KW_TRY, 't', 'r', 'y', "try"),
	KEYWORD(KW_TYPE, 't', 'p', 'e', "type"),
	KEYWORD(KW_TYPEOF, 't', 'o', 'f', "typeof"),
	KEYWORD(KW_UNION, 'u', 'o', 'n', "union"),
	KEYWORD(KW_UNSAFE, 'u', 'f', 'e', "unsafe"),
	KEYWORD(KW_UNSIZED, 'u', 'e', 'd', "unsized"),
	KEYWORD(KW_USE, 'u', 's', 'e', "use"),
	KEYWORD(KW_VIRTUAL, 'v', 'a', 'l', "virtual"),
	KEYWORD(KW_WHERE, 'w', 'r', 'e', "where"),
	KEYWORD(KW_WHILE, 'w', 'l', 'e', "while"),
	KEYWORD(KW_YIELD, 'y', 'l', 'd', "yield"),
};

enum token_kind scan_keyword(const unsigned char *p, size_t len)
{
	unsigned slot;

	if (len < 2)
		return len && *p == '_' ? TOKEN_UNDERSCORE : TOKEN_IDENT;
	if (len > LONGEST)
		return TOKEN_IDENT;
	slot = SLOT(p[0], p[len - 2], p[len - 1], len);
	if (keywords[slot].len == len && keywords[slot].word[0] == (char)p[0] &&
	    !memcmp(keywords[slot].word, p, len))
		return (enum token_kind)keywords[slot].kind;
	return TOKEN_IDENT;
}

static const char *keyword_text(enum token_kind kind)
{
	for (size_t i = 0; i < 256; i++)
		if (keywords[i].len && keywords[i].kind == kind)
			return keywords[i].word;
	return NULL;
}

/* Pattern_White_Space beyond ASCII: NEL, LRM, RLM, LS, PS. */
size_t scan_wide_space(const unsigned char *p, const unsigned char *end)
{
	if (end - p >= 2 && p[0] == 0xc2 && p[1] == 0x85)
		return 2;
	if (end - p >= 3 && p[0] == 0xe2 && p[1] == 0x80 &&
	    (p[2] == 0x8e || p[2] == 0x8f || p[2] == 0xa8 || p[2] == 0xa9))
		return 3;
	return 0;
}

/* Any byte beyond ASCII is taken as a letter: what is XID_Continue is not
 * worth a table here, since rustc has seen the code. */
const unsigned char *scan_word_slow(const unsigned char *p,
				    const unsigned char *end)
{
	for (;;) {
		while (p < end && scan_class[*p] & SCAN_CONT)
			p++;
		if (p == end || *p < 0x80 || scan_wide_space(p, end))
			return p;
		p++;
	}
}

static const char *const kind_names[TOKEN_KINDS] = {
	[TOKEN_UNKNOWN] = "unknown",
	[TOKEN_IDENT] = "ident",
	[TOKEN_RAW_IDENT] = "raw_ident",
	[TOKEN_LIFETIME] = "lifetime",
	[TOKEN_INT] = "int",
	[TOKEN_FLOAT] = "float",
	[TOKEN_CHAR] = "char",
	[TOKEN_BYTE] = "byte",
	[TOKEN_STR] = "str",
	[TOKEN_BYTE_STR] = "byte_str",
	[TOKEN_C_STR] = "c_str",
	[TOKEN_RAW_STR] = "raw_str",
	[TOKEN_RAW_BYTE_STR] = "raw_byte_str",
	[TOKEN_RAW_C_STR] = "raw_c_str",
	[TOKEN_OPEN_PAREN] = "(",
	[TOKEN_CLOSE_PAREN] = ")",
	[TOKEN_OPEN_BRACKET] = "[",
	[TOKEN_CLOSE_BRACKET] = "]",
	[TOKEN_OPEN_BRACE] = "{",
	[TOKEN_CLOSE_BRACE] = "}",
	[TOKEN_SEMI] = ";",
	[TOKEN_COMMA] = ",",
	[TOKEN_DOT] = ".",
	[TOKEN_DOTS] = "..",
	[TOKEN_COLON] = ":",
	[TOKEN_PATH_SEP] = "::",
	[TOKEN_ARROW] = "->",
	[TOKEN_FAT_ARROW] = "=>",
	[TOKEN_EQ] = "=",
	[TOKEN_EQ_EQ] = "==",
	[TOKEN_NOT_EQ] = "!=",
	[TOKEN_NOT] = "!",
	[TOKEN_LESS] = "<",
	[TOKEN_GREATER] = ">",
	[TOKEN_AND] = "&",
	[TOKEN_OR] = "|",
	[TOKEN_PLUS] = "+",
	[TOKEN_MINUS] = "-",
	[TOKEN_STAR] = "*",
	[TOKEN_SLASH] = "/",
	[TOKEN_PERCENT] = "%",
	[TOKEN_CARET] = "^",
	[TOKEN_HASH] = "#",
	[TOKEN_QUESTION] = "?",
	[TOKEN_AT] = "@",
	[TOKEN_DOLLAR] = "$",
	[TOKEN_TILDE] = "~",
	[TOKEN_UNDERSCORE] = "_",
	[TOKEN_END] = "end",
};

const char *lexer_kind_name(enum token_kind kind)
{
	const char *name = NULL;

	if (kind < TOKEN_KINDS)
		name = kind_names[kind] ? kind_names[kind] : keyword_text(kind);
	return name ? name : "unknown";
}

const char *lexer_comment_name(enum comment_kind kind)
{
	static const char *const names[] = {
		[COMMENT_LINE] = "comment",
		[COMMENT_BLOCK] = "block_comment",
		[COMMENT_OUTER_LINE] = "doc",
		[COMMENT_OUTER_BLOCK] = "block_doc",
		[COMMENT_INNER_LINE] = "inner_doc",
		[COMMENT_INNER_BLOCK] = "inner_block_doc",
		[COMMENT_SHEBANG] = "shebang",
		[COMMENT_FRONT_MATTER] = "front_matter",
		[COMMENT_CONFLICT] = "conflict",
	};

	return kind < sizeof(names) / sizeof(*names) ? names[kind] : "unknown";
}
