/*
 * rule - what the rules' own files need: how a row says what it found.
 *
 * A rule walks the tokens of a source and calls rule_found() wherever it has
 * evidence; whether the line counts (added, no test, no macro definition) is
 * decided there. A rule keeps no state: it is a pure function of the source.
 */
#ifndef RUST_RULE_H
#define RUST_RULE_H

#include "rust/look.h"
#include "rust/names.h"
#include "rust/rules.h"

/* The rows, each defined in its own file; rules.c lists them. */
extern const struct rule rule_unfinished;
extern const struct rule rule_unsupported_call;
extern const struct rule rule_lock_across_await;
extern const struct rule rule_refcell_across_await;
extern const struct rule rule_span_guard_across_await;
extern const struct rule rule_select_cancel_unsafe;
extern const struct rule rule_axum_extractor_order;
extern const struct rule rule_unsafe_without_safety;
extern const struct rule rule_unsafe_call;
extern const struct rule rule_sqlx_interpolated_query;
extern const struct rule rule_sql_format;
extern const struct rule rule_blocking_in_async;
extern const struct rule rule_unbounded_channel;
extern const struct rule rule_spawn_in_loop;
extern const struct rule rule_spawn_dropped;
extern const struct rule rule_sqlx_transaction_unfinished;
extern const struct rule rule_tonic_internal_error;
extern const struct rule rule_tonic_unbounded_stream;
extern const struct rule rule_arrow_row_loop;
extern const struct rule rule_public_api;
extern const struct rule rule_test_weakened;
extern const struct rule rule_test_removed;
extern const struct rule rule_panic_in_drop;
extern const struct rule rule_panic_on_input;
extern const struct rule rule_boxed_error;
extern const struct rule rule_public_fn_untested;
extern const struct rule rule_plain_panic;
extern const struct rule rule_datafusion_collect;

/*
 * The rule found something at a token. The place is the first of the tokens
 * `at` and `also` (LOOK_NONE: none) whose line is added; neither: nothing
 * happens and NULL is returned, as in code that rules do not speak of. The
 * words are the place's fact.
 */
struct rule_place *rule_found(struct rule_run *r, uint32_t at, uint32_t also,
			      const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The same for what is gone: `at` is a token of the file as it was. */
struct rule_place *rule_lost(struct rule_run *r, uint32_t at, const char *fmt,
			     ...) __attribute__((format(printf, 3, 4)));
/* Would rule_found() take this token? For rules that must not work in vain. */
bool rule_asks(const struct rule_run *r, uint32_t token);
/* Would it, were the line added: no test, no macro definition? */
bool rule_speaks(const struct rule_run *r, uint32_t token);
/* Of rules that look at the whole change: speak of this file from here on. */
void rule_turn_to(struct rule_run *r, const struct rule_file *file);
const struct rule_file *rule_file(const struct rule_run *r);
/* The remedy as an edit: bytes [from, to) of the new file become text. Edits of
 * a place must not overlap. The text is copied. p may be NULL. */
void rule_edit(struct rule_run *r, struct rule_place *p, uint32_t from,
	       uint32_t to, struct span text);
/* A line above the token's line, indented alike; no line end in text. */
void rule_edit_above(struct rule_run *r, struct rule_place *p, uint32_t token,
		     const char *text);
/* Memory for as long as the report lives. */
struct arena *rule_arena(const struct rule_run *r);

#endif
