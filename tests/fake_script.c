#include "fake_script.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"

#define MAX_FILE (256u << 20)

struct parser {
	struct fake_script *script;
	struct fake_reply *r; /* the block's, or NULL between blocks */
	const char *dir;
	struct error *err;
};

static struct span word(struct span *rest)
{
	struct span w, all = span_trim(*rest);
	ptrdiff_t n = span_chr(all, ' ');

	w = n < 0 ? all : span_first(all, (size_t)n);
	*rest = span_trim(span_from(all, w.len));
	return w;
}

static int64_t number(struct span s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
		n = n * 10 + (s.ptr[i] - '0');
	return n;
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c | 0x20);

	return c && at ? (int)(at - digits) : 0;
}

static struct span unescape(struct arena *a, struct span s)
{
	static const char from[] = "nrt0\\", to[] = "\n\r\t\0\\";
	char *out = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char *at;

		if (s.ptr[i] != '\\' || i + 1 == s.len) {
			out[n++] = s.ptr[i];
			continue;
		}
		i++;
		at = strchr(from, s.ptr[i]);
		if (s.ptr[i] == 'x' && i + 2 < s.len) {
			out[n++] = (char)(hex(s.ptr[i + 1]) * 16 +
					  hex(s.ptr[i + 2]));
			i += 2;
		} else {
			out[n++] = at ? to[at - from] : s.ptr[i];
		}
	}
	return (struct span){ out, n };
}

static int read_file(struct parser *p, struct span name, struct span *out)
{
	struct arena *a = &p->script->arena;
	const char *path = arena_printf(a, "%s/%.*s", p->dir, SPAN_ARG(name));

	return fs_read(out, a, path, MAX_FILE, p->err);
}

static int at(struct parser *p, struct fake_action *act, struct span s)
{
	act->n = (size_t)number(s);
	if (span_eqs(s, "end"))
		act->at = AT_END;
	else if (span_eqs(s, "none"))
		act->at = AT_NONE;
	else if (span_eqs(s, "accept"))
		act->at = AT_ACCEPT;
	else if (span_starts(s, "="))
		act->at = AT_TEXT, act->text = span_from(s, 1);
	else if (span_ends(s, "%"))
		act->at = AT_PERCENT;
	else if (s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9')
		act->at = AT_BYTE;
	else
		return error_set(p->err, ERR_USAGE, "no place: %.*s",
				 SPAN_ARG(s));
	return 0;
}

static int do_action(struct parser *p, enum fake_act act, struct span args)
{
	struct fake_action *a = vec_push(&p->r->actions, &p->script->arena);
	struct span where = word(&args);

	a->act = act;
	a->ms = number(args);
	return at(p, a, where);
}

static int do_cut(struct parser *p, struct span args)
{
	return do_action(p, ACT_CUT, args);
}

static int do_rst(struct parser *p, struct span args)
{
	return do_action(p, ACT_RST, args);
}

static int do_stall(struct parser *p, struct span args)
{
	return do_action(p, ACT_STALL, args);
}

static int line(struct parser *p, struct span args);

static int do_reply(struct parser *p, struct span args)
{
	p->r->protocol = word(&args);
	p->r->stream_at = p->r->body.len;
	if (read_file(p, word(&args), &p->r->text))
		return -1;
	while (args.len) {
		struct span value = word(&args), name;
		char *l;

		text_field(&value, '=', &name);
		l = arena_printf(&p->script->arena, "%.*s %.*s", SPAN_ARG(name),
				 SPAN_ARG(value));
		if (line(p, span_of(l)))
			return -1;
	}
	return 0;
}

static int do_say(struct parser *p, struct span args)
{
	p->r->protocol = word(&args);
	p->r->stream_at = p->r->body.len;
	p->r->text = unescape(&p->script->arena, args);
	return 0;
}

static int do_think(struct parser *p, struct span args)
{
	p->r->think = unescape(&p->script->arena, args);
	return 0;
}

static int do_chunk(struct parser *p, struct span args)
{
	p->r->chunk = (size_t)number(args);
	if (!p->r->chunk)
		return error_set(p->err, ERR_USAGE, "chunk of 0 bytes");
	return 0;
}

static int do_stop(struct parser *p, struct span args)
{
	p->r->stop = args;
	return 0;
}

static int do_usage(struct parser *p, struct span args)
{
	struct span f;

	p->r->no_usage = span_eqs(args, "none");
	if (span_starts(args, "{")) {
		p->r->usage_json = args;
		return 0;
	}
	for (size_t i = 0; i < 4 && text_field(&args, ',', &f); i++)
		p->r->usage[i] = number(span_trim(f));
	return 0;
}

static int do_noend(struct parser *p, struct span args)
{
	(void)args;
	p->r->no_end = true;
	return 0;
}

static int do_newline(struct parser *p, struct span args)
{
	p->r->newline = span_eqs(args, "cr")	 ? SPAN("\r")
			: span_eqs(args, "crlf") ? SPAN("\r\n")
						 : SPAN("\n");
	return 0;
}

static int do_bom(struct parser *p, struct span args)
{
	(void)args;
	p->r->bom = true;
	return 0;
}

static int do_tight(struct parser *p, struct span args)
{
	(void)args;
	p->r->tight = true;
	return 0;
}

static int do_status(struct parser *p, struct span args)
{
	p->r->status = (int)number(word(&args));
	p->r->reason = args;
	return 0;
}

static int do_header(struct parser *p, struct span args)
{
	*vec_push(&p->r->headers, &p->script->arena) = args;
	return 0;
}

static int do_fill_headers(struct parser *p, struct span args)
{
	p->r->fill_headers = (size_t)number(args);
	return 0;
}

static int do_long_header(struct parser *p, struct span args)
{
	p->r->long_header = (size_t)number(args);
	return 0;
}

static int do_body(struct parser *p, struct span args)
{
	buf_addsp(&p->r->body, args);
	buf_addc(&p->r->body, '\n');
	return 0;
}

static int do_file(struct parser *p, struct span args)
{
	struct span data;

	if (read_file(p, args, &data))
		return -1;
	buf_addsp(&p->r->body, data);
	return 0;
}

static int do_raw(struct parser *p, struct span args)
{
	p->r->raw = true;
	return args.len ? do_file(p, args) : 0;
}

static int do_event(struct parser *p, struct span args)
{
	struct span name = word(&args);

	buf_addf(&p->r->body, "event: %.*s\n", SPAN_ARG(name));
	if (args.len)
		buf_addf(&p->r->body, "data: %.*s\n", SPAN_ARG(args));
	buf_addc(&p->r->body, '\n');
	return 0;
}

static int do_data(struct parser *p, struct span args)
{
	buf_addf(&p->r->body, "data: %.*s\n\n", SPAN_ARG(args));
	return 0;
}

static int do_comment(struct parser *p, struct span args)
{
	buf_addf(&p->r->body, ": %.*s\n\n", SPAN_ARG(args));
	return 0;
}

static int do_bytes(struct parser *p, struct span args)
{
	buf_addsp(&p->r->body, unescape(&p->script->arena, args));
	return 0;
}

static int do_fill(struct parser *p, struct span args)
{
	int64_t n = number(word(&args));
	struct span s = unescape(&p->script->arena, args);

	while (n-- > 0)
		buf_addsp(&p->r->body, s);
	return 0;
}

static int do_endless(struct parser *p, struct span args)
{
	p->r->endless = unescape(&p->script->arena, args);
	if (!p->r->endless.len)
		return error_set(p->err, ERR_USAGE, "endless nothing");
	return 0;
}

static int do_length(struct parser *p, struct span args)
{
	p->r->framing = span_eqs(args, "exact")	 ? FRAME_EXACT
			: span_eqs(args, "none") ? FRAME_NONE
						 : FRAME_LIE;
	p->r->frame = (size_t)number(args);
	return 0;
}

static int do_chunked(struct parser *p, struct span args)
{
	p->r->framing = FRAME_CHUNKED;
	p->r->frame = args.len ? (size_t)number(args) : 4096;
	if (!p->r->frame)
		return error_set(p->err, ERR_USAGE, "chunks of 0 bytes");
	return 0;
}

static int do_delay(struct parser *p, struct span args)
{
	p->r->delay_ms = number(args);
	return 0;
}

static int do_drip(struct parser *p, struct span args)
{
	p->r->drip_ms = number(word(&args));
	p->r->drip_n = args.len ? (size_t)number(args) : 1;
	return 0;
}

static int do_close(struct parser *p, struct span args)
{
	(void)args;
	p->r->close = true;
	return 0;
}

static int do_repeat(struct parser *p, struct span args)
{
	p->r->repeat = (size_t)number(args);
	return 0;
}

static int do_loop(struct parser *p, struct span args)
{
	(void)args;
	p->script->loop = true;
	return 0;
}

static int do_get(struct parser *p, struct span args)
{
	(void)args;
	p->r->get = true;
	return 0;
}

static int do_on(struct parser *p, struct span args)
{
	p->r->on = args;
	return 0;
}

static const struct {
	const char *name;
	int (*run)(struct parser *p, struct span args);
} words[] = {
	{ "reply", do_reply },
	{ "say", do_say },
	{ "think", do_think },
	{ "chunk", do_chunk },
	{ "stop", do_stop },
	{ "usage", do_usage },
	{ "noend", do_noend },
	{ "newline", do_newline },
	{ "bom", do_bom },
	{ "tight", do_tight },
	{ "status", do_status },
	{ "header", do_header },
	{ "fill-headers", do_fill_headers },
	{ "long-header", do_long_header },
	{ "body", do_body },
	{ "file", do_file },
	{ "raw", do_raw },
	{ "event", do_event },
	{ "data", do_data },
	{ "comment", do_comment },
	{ "bytes", do_bytes },
	{ "fill", do_fill },
	{ "endless", do_endless },
	{ "length", do_length },
	{ "chunked", do_chunked },
	{ "delay", do_delay },
	{ "drip", do_drip },
	{ "close", do_close },
	{ "cut", do_cut },
	{ "rst", do_rst },
	{ "stall", do_stall },
	{ "repeat", do_repeat },
	{ "loop", do_loop },
	{ "get", do_get },
	{ "on", do_on },
};

static struct fake_reply *new_reply(struct fake_script *s)
{
	struct fake_reply *r = vec_push(&s->replies, &s->arena);

	r->status = 200;
	r->reason = SPAN("Said");
	r->chunk = 24;
	r->frame = 4096;
	r->stop = SPAN("end_turn");
	r->newline = SPAN("\n");
	r->usage[0] = 100;
	r->usage[1] = 50;
	r->repeat = 1;
	return r;
}

static int line(struct parser *p, struct span l)
{
	struct span args = l, name = word(&args);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!span_eqs(name, words[i].name))
			continue;
		if (words[i].run == do_loop)
			return do_loop(p, args);
		if (!p->r)
			p->r = new_reply(p->script);
		return words[i].run(p, args);
	}
	return error_set(p->err, ERR_USAGE, "no such word: %.*s",
			 SPAN_ARG(name));
}

int fake_script_parse(struct fake_script *s, struct span text, const char *dir,
		      struct error *err)
{
	struct parser p = { .script = s, .dir = dir ? dir : ".", .err = err };
	struct span l;

	for (unsigned n = 1; text_line(&text, &l); n++) {
		if (span_starts(l, "#"))
			continue;
		if (!span_trim(l).len)
			p.r = NULL;
		else if (line(&p, l))
			return error_prefix(err, "script line %u", n);
	}
	return 0;
}

void fake_script_release(struct fake_script *s)
{
	vec_each (struct fake_reply, r, &s->replies)
		buf_release(&r->body);
	arena_release(&s->arena);
}
