/*
 * estimate - how many tokens a text takes, without the model's own tokenizer.
 *
 * Text falls into the pieces that all of them split at before they look
 * anything up: words, parts of camelCase, groups of digits, runs of marks, of
 * blanks, line ends. Each kind has a weight, fitted to OpenAI's o200k_base on
 * 305 requests of this program over sixteen Rust projects (tests/bench/tokens):
 * off by 0.8 % on average and by 4.6 % at worst; by 6.4 % when the fit has not
 * seen the project, and by 8.7 % for the change without our own words. Other
 * families differ from it by a factor, and some take a token for each digit.
 */
#ifndef LLM_ESTIMATE_H
#define LLM_ESTIMATE_H

#include <stdint.h>

#include "base/text.h"

enum tokenizer {
	TOKENS_UNKNOWN, /* taken for the costliest of those that were measured
			 */
	TOKENS_OPENAI,
	TOKENS_CLAUDE, /* since Opus 4.7 */
	TOKENS_CLAUDE_OLD,
	TOKENS_GEMMA,
	TOKENS_QWEN,
	TOKENS_LLAMA,
	TOKENS_DEEPSEEK
};

/* By a model's name, wherever it is served: "meta-llama/Llama-3.1-8B". */
enum tokenizer estimate_family(const char *id);
/* Estimated tokens of a text, rounded up. Linear; total. */
int64_t estimate_tokens(enum tokenizer t, struct span text);
/* The same of so many bytes of Rust diffs that nobody has at hand. */
int64_t estimate_bytes(enum tokenizer t, size_t bytes);
/* By how much an estimate may be wrong, in percent: 10 where the family was
 * measured, 20 where it was not. */
int estimate_error(enum tokenizer t);

#endif
