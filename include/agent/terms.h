/*
 * terms - the telling words of a request, and where a text speaks of them.
 *
 * Words are told as English and Rust spell them: in any case, as a part of a
 * camelCase or snake_case name (`MySql`, `my_sql` and `mysql` alike), in the
 * plural, with -ing or -ed; less surely by what they derive from (limit,
 * limiter; compress, compression) or by a synonym of a small table (ttl,
 * expiry). Total, linear: any bytes; only ASCII letters and digits make words.
 */
#ifndef AGENT_TERMS_H
#define AGENT_TERMS_H

#include "base/text.h"
#include "base/vec.h"

#define TERMS_MAX 32 /* the bits of a mask */
#define TERM_OWN UINT32_MAX

enum term_kind {
	TERM_WORD,
	TERM_PAIR,   /* two words in a row, which code may write as one */
	TERM_PART,   /* of a name that is written as code is */
	TERM_FAMILY, /* the others of a word's family: word lists them */
};

struct term {
	enum term_kind kind;
	struct span word; /* lower case */
	uint32_t of;	  /* PART, FAMILY: of which term; else TERM_OWN */
	bool head;	  /* the noun of its phrase: `cache` of "a TTL cache" */
	double weight;	  /* 1 for a plain word */
};

struct terms {
	VEC(struct term) term; /* at most TERMS_MAX */
	/* private: by their first two letters */
	VEC(struct term_form) form;
	uint16_t bucket[1024];
};

/* Zero-initialised out; lives in the arena. Nothing telling gives none. */
void terms_parse(struct terms *out, struct arena *a, struct span request);

struct term_hit {
	uint32_t at; /* byte; of a text over 4 GiB the first ones are read */
	uint8_t len;
	uint8_t term;
	bool weak; /* by derivation or synonym */
	bool head; /* the identifier ends here */
};

/* Zero-initialise; by place. */
struct term_hits {
	VEC(struct term_hit) rows;
};

/* Append every place of the text that speaks of a term. */
void terms_scan(const struct terms *t, struct arena *a, struct span text,
		struct term_hits *out);

/* How many words a name is made of: 3 of "HTTPServer_pool". */
size_t terms_parts(struct span name);

/*
 * What a word has in common with its plurals, tenses and so on, in lower case:
 * "caches" and "caching" give "cach". out holds TERM_BYTES bytes. Returns its
 * length; 0 when the word is longer than that.
 */
#define TERM_BYTES 32
size_t term_stem(char *out, struct span word);
/* The stem's own origin: "limiter" gives "limit". In place; its length. */
size_t term_root(char *stem, size_t len);

#endif
