#include "agent/agent_file.h"

#include <ctype.h>
#include <string.h>

#include "agent/redact.h"
#include "agent/title.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/mask.h"
#include "base/vec.h"
#include "repo/repo.h"

#define EMBEDDED_NAME "rust-systems-architect"
#define MAX_AGENT_FILE (256 * 1024)
#define MAX_SECTIONS 32

extern const char prompt_rust_systems_architect[];

struct span agent_file_key(const struct agent_file *f, const char *key)
{
	struct span rest = f->front, line;
	size_t n = strlen(key);

	while (text_line(&rest, &line))
		if (span_starts(line, key) && line.len > n &&
		    line.ptr[n] == ':')
			return span_trim(span_from(line, n + 1));
	return (struct span){ NULL, 0 };
}

/* As one line that hides nothing; absent stays absent. */
static struct span visible(struct arena *a, struct span s)
{
	struct buf b = { 0 };

	if (!s.ptr || !text_visible_line(&b, s)) {
		buf_release(&b);
		return s;
	}
	s = arena_span(a, buf_span(&b));
	buf_release(&b);
	return s;
}

static void split_front(struct agent_file *f, struct span text)
{
	struct span rest = text, line, after;
	const char *start;

	f->body = text;
	if (!text_line(&rest, &line) || !span_eqs(span_trim(line), "---") ||
	    !rest.ptr)
		return;
	start = rest.ptr;
	for (after = rest; text_line(&rest, &line); after = rest) {
		if (!span_eqs(span_trim(line), "---"))
			continue;
		f->front = (struct span){ start, (size_t)(after.ptr - start) };
		f->body = rest;
		return;
	}
}

/* "1. **Name**: about" → name and about. */
static bool section_row(struct span line, struct span *name, struct span *about)
{
	ptrdiff_t at;

	line = span_trim(line);
	while (line.len && line.ptr[0] >= '0' && line.ptr[0] <= '9')
		line = span_from(line, 1);
	if (!span_starts(line, ".") && !span_starts(line, ")"))
		return false;
	line = span_trim(span_from(line, 1));
	if (!span_starts(line, "**"))
		return false;
	line = span_from(line, 2);
	at = span_find(line, SPAN("**"));
	if (at <= 0)
		return false;
	*name = span_trim(span_first(line, (size_t)at));
	line = span_trim(span_from(line, (size_t)at + 2));
	if (span_ends(*name, ":"))
		name->len--;
	if (span_starts(line, ":"))
		line = span_from(line, 1);
	*about = span_trim(line);
	return name->len > 0;
}

/* "Async/Performance Considerations" → "async-performance-considerations" */
static const char *make_id(struct arena *a, struct span name)
{
	char *id = arena_cstr(a, name), *to = id, *c;

	for (c = id; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*to++ = (char)(*c - 'A' + 'a');
		else if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
			*to++ = *c;
		else if (to > id && to[-1] != '-')
			*to++ = '-';
	}
	while (to > id && to[-1] == '-')
		to--;
	*to = '\0';
	return id;
}

static bool output_format_heading(struct span line)
{
	line = span_trim(line);
	while (line.len &&
	       (line.ptr[0] == '#' || line.ptr[0] == '*' || line.ptr[0] == ' '))
		line = span_from(line, 1);
	while (line.len &&
	       (line.ptr[line.len - 1] == '*' || line.ptr[line.len - 1] == ':'))
		line.len--;
	return span_eqs_nocase(span_trim(line), "output format");
}

/* Letters that are seen: an escape made visible has some too. */
static bool has_letter(struct span raw)
{
	while (raw.len) {
		int32_t c = text_utf8(&raw);

		if (c >= 0x80 ? !text_invisible((uint32_t)c)
			      : c >= 0 && isalpha(c))
			return true;
	}
	return false;
}

/* A secret is masked in what is sent: the reply could not use the name. */
static bool holds_secret(struct span name)
{
	struct mask_counts masked = { 0 };
	struct buf b = { 0 };

	redact_line(&b, name, &masked);
	buf_release(&b);
	return masked.total > 0;
}

/* Would a reply's heading of each name be read as that section's own? */
static bool told_apart(const struct section_list *l)
{
	struct title t;
	size_t i;

	for (i = 0; i < l->len; i++)
		if (holds_secret(span_of(l->want[i].name)) ||
		    !title_match(&t, l, span_of(l->want[i].name)) ||
		    t.section != i)
			return false;
	return l->len > 0 && l->len <= MAX_SECTIONS;
}

/* A name without a letter or digit of ASCII has its number for an id. */
static void add_section(struct section_want *w, struct arena *a,
			struct span name, struct span about, size_t number)
{
	w->name = arena_cstr(a, visible(a, name));
	w->about = arena_cstr(a, visible(a, about));
	w->id = make_id(a, name);
	if (!*w->id)
		w->id = arena_printf(a, "section-%zu", number);
}

/* The numbered list of bold names below "Output Format". */
static void find_sections(struct agent_file *f, struct arena *a)
{
	struct span rest = f->body, line, name, about;
	VEC(struct section_want) rows = { 0 };
	bool inside = false, lettered = true;
	struct section_list list;

	f->sections = eight_sections;
	while (text_line(&rest, &line)) {
		struct section_want *w;

		if (output_format_heading(line)) {
			inside = true;
			continue;
		}
		if (!inside)
			continue;
		if (!section_row(line, &name, &about)) {
			if (rows.len && span_trim(line).len &&
			    line.ptr[0] != ' ')
				break;
			continue;
		}
		lettered &= has_letter(name);
		w = vec_push(&rows, a);
		add_section(w, a, name, about, rows.len);
		if (rows.len > MAX_SECTIONS)
			break;
	}
	list = (struct section_list){ rows.ptr, rows.len };
	if (lettered && told_apart(&list))
		f->sections = list;
}

/* The eight keep their published ids, also when a file spells them out. */
static void keep_known_ids(struct agent_file *f)
{
	size_t i;

	if (f->sections.len != eight_sections.len)
		return;
	for (i = 0; i < f->sections.len; i++)
		if (strcmp(f->sections.want[i].name,
			   eight_sections.want[i].name) != 0)
			return;
	f->sections = eight_sections;
}

void agent_file_parse(struct agent_file *out, struct arena *a, struct span text)
{
	*out = (struct agent_file){ .source = "given" };
	split_front(out, text);
	out->name = visible(a, agent_file_key(out, "name"));
	out->description = visible(a, agent_file_key(out, "description"));
	out->model = visible(a, agent_file_key(out, "model"));
	out->body = span_trim(out->body);
	find_sections(out, a);
	keep_known_ids(out);
}

static int load_file(struct agent_file *out, struct arena *a, const char *path,
		     struct error *err)
{
	struct span text;

	if (fs_read(&text, a, path, MAX_AGENT_FILE, err)) {
		err->kind = ERR_USAGE;
		return error_prefix(err, "--agent");
	}
	agent_file_parse(out, a, text);
	out->source = arena_strdup(a, path);
	return 0;
}

/* 0 found, 1 not there, -1 error. */
static int load_named(struct agent_file *out, struct arena *a, struct repo *r,
		      const char *rev, const char *name, struct error *err)
{
	struct span text = { 0 };
	char *path;

	if (fs_home()) {
		path = arena_printf(a, "%s/.claude/agents/%s.md", fs_home(),
				    name);
		if (!fs_absent(path))
			return load_file(out, a, path, err);
	}
	if (!r)
		return 1;
	path = arena_printf(a, ".claude/agents/%s.md", name);
	if (repo_file(&text, a, r, rev, path, err))
		return -1;
	if (!text.ptr)
		return 1;
	agent_file_parse(out, a, text);
	out->source = arena_printf(a, "%s of the base tree", path);
	return 0;
}

int agent_file_load(struct agent_file *out, struct arena *a, struct repo *r,
		    const char *rev, const char *agent, struct error *err)
{
	int rc;

	if (!agent || !strcmp(agent, EMBEDDED_NAME)) {
		agent_file_parse(out, a,
				 span_of(prompt_rust_systems_architect));
		out->source = "embedded";
		return 0;
	}
	if (strchr(agent, '/') || span_ends(span_of(agent), ".md"))
		rc = load_file(out, a, agent, err);
	else
		rc = load_named(out, a, r, rev, agent, err);
	if (rc == 1)
		return error_set(err, ERR_USAGE,
				 "no agent is called '%s': neither "
				 "~/.claude/agents/%s.md nor "
				 ".claude/agents/%s.md in the base tree",
				 agent, agent, agent);
	if (rc == 0 && !out->body.len)
		return error_set(err, ERR_USAGE,
				 "agent file %s has no body below its front "
				 "matter",
				 out->source);
	return rc;
}
