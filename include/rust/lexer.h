/*
 * lexer - Rust source as tokens (The Rust Reference, "Lexical structure";
 * edition-independent where editions differ in words alone).
 *
 * Total: any bytes, NUL and invalid UTF-8 included; linear; never fails.
 * What is promised of the result:
 *
 *   - tokens and comments are sorted and do not overlap; between them lies
 *     white space only (Pattern_White_Space and a byte order mark), so that
 *     with the gaps they cover src[0..end); lexer_piece() walks all of it
 *   - end is src.len unless a LEXER_LIMIT flag is set
 *   - tok[count] exists: TOKEN_END at `end`, of no length
 *   - code that compiles gives errors == 0 and no flag
 *
 * Punctuation is one byte a token but for `::` `->` `=>` `==` `!=` `..` `...`
 * `..=`; ask lexer_glued() whether `&&`, `>>`, `+=` stand together. After a
 * `.` a number is digits only, so `x.0.0` has no float in it.
 */
#ifndef RUST_LEXER_H
#define RUST_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

#define LEXER_BYTES_MAX (4u << 20)
#define LEXER_TOKENS_MAX 1000000u

enum token_kind {
	TOKEN_UNKNOWN, /* a byte that begins nothing; an unclosed quote */
	/* words that name things: see lexer_name() */
	TOKEN_IDENT,
	TOKEN_RAW_IDENT, /* r#fn */
	KW_AUTO,	 /* keywords in one place only */
	KW_DEFAULT,
	KW_MACRO_RULES,
	KW_RAW,
	KW_SAFE,
	KW_UNION,
	/* keywords of some edition, names in others */
	KW_ASYNC,
	KW_AWAIT,
	KW_DYN,
	KW_GEN,
	KW_TRY,
	/* keywords */
	KW_AS,
	KW_BOX,
	KW_BREAK,
	KW_CONST,
	KW_CONTINUE,
	KW_CRATE,
	KW_DO,
	KW_ELSE,
	KW_ENUM,
	KW_EXTERN,
	KW_FALSE,
	KW_FN,
	KW_FOR,
	KW_IF,
	KW_IMPL,
	KW_IN,
	KW_LET,
	KW_LOOP,
	KW_MACRO,
	KW_MATCH,
	KW_MOD,
	KW_MOVE,
	KW_MUT,
	KW_PUB,
	KW_REF,
	KW_RETURN,
	KW_SELF,
	KW_SELF_TYPE, /* Self */
	KW_STATIC,
	KW_STRUCT,
	KW_SUPER,
	KW_TRAIT,
	KW_TRUE,
	KW_TYPE,
	KW_UNSAFE,
	KW_USE,
	KW_WHERE,
	KW_WHILE,
	KW_YIELD,
	KW_ABSTRACT,
	KW_BECOME,
	KW_FINAL,
	KW_OVERRIDE,
	KW_PRIV,
	KW_TYPEOF,
	KW_UNSIZED,
	KW_VIRTUAL,
	/* literals with their prefix; a suffix of numbers only */
	TOKEN_LIFETIME, /* 'a, also 'r#a and labels */
	TOKEN_INT,
	TOKEN_FLOAT,
	TOKEN_CHAR,
	TOKEN_BYTE,
	TOKEN_STR,
	TOKEN_BYTE_STR,
	TOKEN_C_STR,
	TOKEN_RAW_STR,
	TOKEN_RAW_BYTE_STR,
	TOKEN_RAW_C_STR,
	/* punctuation */
	TOKEN_OPEN_PAREN,
	TOKEN_CLOSE_PAREN,
	TOKEN_OPEN_BRACKET,
	TOKEN_CLOSE_BRACKET,
	TOKEN_OPEN_BRACE,
	TOKEN_CLOSE_BRACE,
	TOKEN_SEMI,
	TOKEN_COMMA,
	TOKEN_DOT,
	TOKEN_DOTS, /* `..`, `...`, `..=` */
	TOKEN_COLON,
	TOKEN_PATH_SEP,	  /* `::` */
	TOKEN_ARROW,	  /* `->` */
	TOKEN_FAT_ARROW,  /* `=>` */
	TOKEN_EQ,	  /* `=` */
	TOKEN_EQ_EQ,	  /* `==` */
	TOKEN_NOT_EQ,	  /* `!=` */
	TOKEN_NOT,	  /* `!` */
	TOKEN_LESS,	  /* `<` */
	TOKEN_GREATER,	  /* `>` */
	TOKEN_AND,	  /* `&` */
	TOKEN_OR,	  /* `|` */
	TOKEN_PLUS,	  /* `+` */
	TOKEN_MINUS,	  /* `-` */
	TOKEN_STAR,	  /* `*` */
	TOKEN_SLASH,	  /* `/` */
	TOKEN_PERCENT,	  /* `%` */
	TOKEN_CARET,	  /* `^` */
	TOKEN_HASH,	  /* `#` */
	TOKEN_QUESTION,	  /* `?` */
	TOKEN_AT,	  /* `@` */
	TOKEN_DOLLAR,	  /* `$` */
	TOKEN_TILDE,	  /* `~` */
	TOKEN_UNDERSCORE, /* `_` alone */
	TOKEN_END,
	TOKEN_KINDS
};

/* Twelve bytes; line is 1-based and the line it starts on. */
struct token {
	uint32_t start;
	uint32_t line;
	uint32_t kind : 8, len : 24;
};

enum comment_kind {
	COMMENT_LINE,
	COMMENT_BLOCK,
	COMMENT_OUTER_LINE,   /* `///`: documents what follows */
	COMMENT_OUTER_BLOCK,  /* two stars */
	COMMENT_INNER_LINE,   /* `//!`: documents what it stands in */
	COMMENT_INNER_BLOCK,  /* a star and `!` */
	COMMENT_SHEBANG,      /* `#!/usr/bin/env …` */
	COMMENT_FRONT_MATTER, /* `---` … `---` at the top */
	COMMENT_CONFLICT      /* `<<<<<<< ` and its like at a line's start */
};

/* Without the line end; a block comment may run over several lines. */
struct comment {
	uint32_t start, len;
	uint32_t line, last_line;
	uint32_t token; /* index of the token that follows */
	enum comment_kind kind;
};

enum lexer_flag {
	LEXER_TOO_LONG = 1, /* more than LEXER_BYTES_MAX: nothing was read */
	LEXER_TOO_MANY = 2, /* more than LEXER_TOKENS_MAX: the rest was not */
	LEXER_CUT = 4,	    /* an unclosed string was cut at its line end */
	LEXER_CONFLICT = 8, /* merge conflict markers; both sides are read */
	LEXER_LIMIT = LEXER_TOO_LONG | LEXER_TOO_MANY
};

/* Borrows src; the rest lives in the arena. */
struct lexer {
	struct span src;
	struct token *tok;
	struct comment *comment;
	uint32_t count, comments;
	uint32_t end;
	uint32_t lines;	 /* as text_count_lines() counts src[0..end) */
	uint32_t errors; /* unknown bytes, unclosed literals and comments */
	unsigned flags;
};

void lexer_run(struct lexer *out, struct arena *a, struct span src);

/* The bytes of token i (i <= count). */
struct span lexer_text(const struct lexer *lx, uint32_t i);
/* The bytes of a word without `r#`, of a lifetime without its quote. */
struct span lexer_word(const struct lexer *lx, uint32_t i);
/* The bytes from the first token to the last, both included. */
struct span lexer_range(const struct lexer *lx, uint32_t first, uint32_t last);
/* The line a token ends on: differs from its line for long strings. */
uint32_t lexer_last_line(const struct lexer *lx, uint32_t i);
/* First token that starts at or after this byte, or on or after this line;
 * count when there is none. Binary searches. */
uint32_t lexer_at(const struct lexer *lx, uint32_t byte);
uint32_t lexer_at_line(const struct lexer *lx, uint32_t line);
/* First comment that starts at or after this byte; comments when none. */
uint32_t lexer_comment_at(const struct lexer *lx, uint32_t byte);
/* Kind of punctuation, keyword or class of token, as one printable word. */
const char *lexer_kind_name(enum token_kind kind);
const char *lexer_comment_name(enum comment_kind kind);

/* Is it an identifier, or a word that is one in some edition or place? */
static inline bool lexer_name(enum token_kind kind)
{
	return kind >= TOKEN_IDENT && kind <= KW_TRY;
}

/* Is it any word, keywords too? */
static inline bool lexer_any_word(enum token_kind kind)
{
	return kind >= TOKEN_IDENT && kind <= KW_VIRTUAL;
}

static inline bool lexer_opens(enum token_kind kind)
{
	return kind == TOKEN_OPEN_PAREN || kind == TOKEN_OPEN_BRACKET ||
	       kind == TOKEN_OPEN_BRACE;
}

static inline bool lexer_closes(enum token_kind kind)
{
	return kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET ||
	       kind == TOKEN_CLOSE_BRACE;
}

/* Does token i end where the next begins? */
static inline bool lexer_glued(const struct lexer *lx, uint32_t i)
{
	return lx->tok[i].start + lx->tok[i].len == lx->tok[i + 1].start;
}

/* One stretch of the input; zero-initialise the walk. */
struct lexer_piece {
	struct span text;
	const struct token *token;     /* or NULL */
	const struct comment *comment; /* or NULL: both NULL is white space */
	/* private */
	uint32_t next_token, next_comment, at;
};

/* Next piece; false at the end. Together they are src[0..end). */
bool lexer_piece(struct lexer_piece *it, const struct lexer *lx);

#endif
