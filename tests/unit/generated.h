/*
 * Changes by a generator, the same ones every time, and what of them is sent,
 * read back in the plainest way: for tests that make up what is said of them.
 */
#ifndef GENERATED_H
#define GENERATED_H

#include <ctype.h>

#include "agent/margin.h"
#include "base/mask.h"
#include "world.h"

/* xorshift64: the same replies every time */
static uint64_t state;

static uint32_t roll(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

/* ---- a change */

static const char *const names[] = {
	"conn",	 "pool",   "idle",   "retry",  "frame", "shard", "lease",
	"token", "buffer", "stream", "offset", "guard", "codec", "batch",
};

static const char *name(void)
{
	return names[roll(sizeof(names) / sizeof(names[0]))];
}

/* A line of code; few words and many shapes, so that some come twice. */
static void add_code(struct buf *b)
{
	static const char *const shapes[] = {
		"        let %s = self.%s.lock().unwrap();",
		"        %s.push(%s);",
		"        let %s = %s.await?;",
		"        if %s.len() > %s.limit {",
		"        }",
		"        return Err(Error::Closed(%s, %s));",
		"    // the %s outlives the %s",
		"    pub async fn %s(&self, %s: u32) -> Result<()> {",
		"        self.%s.store(%s, Ordering::SeqCst);",
		"",
		"        match %s { Some(x) => x, None => %s },",
		"            .map(|%s| %s.clone())",
		"        tracing::info!(\"%s, %s\", 1, 2);",
		"        static_assert::<{ size_of::<%s>() }, %s>();",
		"    }",
	};
	const char *one = name(), *two = name();

	buf_addf(b, shapes[roll(sizeof(shapes) / sizeof(shapes[0]))], one, two);
}

/* Lines that few files have. */
static void add_odd(struct buf *b)
{
	switch (roll(5)) {
	case 0: /* masked */
		buf_addf(b, "    const K%u: &str = \"sk-ant-api03-", roll(999));
		for (int i = 0; i < 44; i++)
			buf_addc(b,
				 (char)("abcdefghABCDEFGH23456789"[roll(24)]));
		buf_adds(b, "\";");
		return;
	case 1: /* invisible */
		buf_addf(b, "    let %s\xe2\x80\x8b_%u = \"\xe2\x80\xae\";",
			 name(), roll(999));
		return;
	case 2: /* long */
		buf_addf(b, "    let %s_%u = [", name(), roll(999));
		for (int i = 0; i < 60; i++)
			buf_addf(b, "%u, ", roll(100000));
		buf_adds(b, "];");
		return;
	case 3:
		buf_addf(b, "\t\tlet %s_%u\t= %s;", name(), roll(999), name());
		return;
	default:
		buf_addf(b, "    %s_%u(%s, %s, \"gr\xc3\xbc\xc3\x9f\");",
			 name(), roll(999), name(), name());
	}
}

static void add_line(struct buf *b, char sign, bool crlf)
{
	buf_addc(b, sign);
	if (roll(8))
		add_code(b);
	else
		add_odd(b);
	buf_adds(b, crlf ? "\r\n" : "\n");
}

/* A file with changes here and there; deleted: nothing of it is left. */
static struct span make_patch(struct arena *a, bool crlf, bool deleted)
{
	struct buf b = { 0 };
	struct span patch;

	for (uint32_t i = 0, n = 40 + roll(120); i < n; i++) {
		if (deleted || !roll(14)) {
			uint32_t gone = roll(3), new = gone ? roll(4) : 1;

			for (uint32_t k = 0; k < gone; k++)
				add_line(&b, '-', crlf);
			for (uint32_t k = 0; k < new && !deleted; k++)
				add_line(&b, '+', crlf);
		}
		if (!deleted)
			add_line(&b, ' ', crlf);
	}
	patch = arena_span(a, buf_span(&b));
	buf_release(&b);
	return patch;
}

static void make_world(struct world *w)
{
	world_open(w, &task_review);
	world_patch(w, SPAN("src/pool.rs"), SPAN("src/pool.rs"),
		    make_patch(&w->arena, false, false));
	world_patch(w, SPAN("src/net/codec.rs"), SPAN("src/codec.rs"),
		    make_patch(&w->arena, false, false));
	world_patch(w, SPAN("src/win.rs"), SPAN("src/win.rs"),
		    make_patch(&w->arena, true, false));
	world_patch(w, SPAN("src/gone.rs"), SPAN("src/gone.rs"),
		    make_patch(&w->arena, false, true));
}

/* ---- what was sent, read back in the plainest way */

struct line {
	char sign;
	uint32_t old_no, new_no;
	size_t hunk;
	struct span text; /* as sent */
};

struct sheet {
	const struct file_change *file;
	VEC(struct line) lines;
};

static void read_sheet(struct sheet *out, struct arena *a,
		       const struct file_change *f)
{
	struct mask_counts masked = { 0 };
	struct buf b = { 0 };
	struct span rest, text;
	size_t hunk = 0;

	out->file = f;
	margin_hunks(&b, f, &masked);
	rest = arena_span(a, buf_span(&b));
	vec_each (struct hunk, h, &f->hunks) {
		text_line(&rest, &text); /* its head */
		vec_each (struct diff_line, l, &h->lines) {
			text_line(&rest, &text);
			*vec_push(&out->lines, a) =
				(struct line){ l->origin, l->old_no, l->new_no,
					       hunk, span_from(text, 8) };
		}
		hunk++;
	}
	buf_release(&b);
}

/* A text without any white space, and without a CR made visible. */
static void squeeze(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (span_starts(span_from(s, i), "\\u{d}"))
			i += 4;
		else if (!isspace((unsigned char)s.ptr[i]))
			buf_addc(out, s.ptr[i]);
	}
}

static size_t count(struct span in, struct span what)
{
	size_t n = 0;
	ptrdiff_t at;

	for (; what.len && (at = span_find(in, what)) >= 0; n++)
		in = span_from(in, (size_t)at + 1);
	return n;
}

/* How often a quote stands on one side of a file, white space aside. */
static size_t count_side(const struct sheet *s, char left_out, struct span q)
{
	struct buf all = { 0 }, one = { 0 };
	size_t n, hunk = 0;

	vec_each (struct line, l, &s->lines) {
		if (l->sign == left_out)
			continue;
		if (l->hunk != hunk)
			buf_addc(&all, '\n');
		hunk = l->hunk;
		squeeze(&all, l->text);
	}
	squeeze(&one, q);
	n = count(buf_span(&all), buf_span(&one));
	buf_release(&all);
	buf_release(&one);
	return n;
}

static size_t count_all(const struct sheet *s, struct span q)
{
	return count_side(s, '-', q) + count_side(s, '+', q);
}

#endif
