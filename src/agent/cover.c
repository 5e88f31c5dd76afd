#include "agent/cover.h"

#include "agent/gather.h"
#include "agent/redact.h"
#include "core/settings.h"

/* Bytes a line of a file that no person wrote line by line. */
#define MINIFIED_LINE 1000

/* One file while it is decided. */
struct sight {
	const struct file_change *f;
	const struct settings *s;
	bool existing;
};

static struct span file_name(struct span path)
{
	struct span name = path;

	while (text_field(&path, '/', &name))
		;
	return name;
}

/* Does one of the patterns, apart by commas, match? */
static bool any_glob(struct span patterns, struct span path)
{
	struct span one;

	while (text_field(&patterns, ',', &one))
		if (text_glob(span_trim(one), path))
			return true;
	return false;
}

static bool listed(const struct word_list *l, const struct file_change *f)
{
	for (unsigned i = 0; i < l->len; i++)
		if (any_glob(span_of(l->word[i]), f->path))
			return true;
	return false;
}

static bool credential(const struct sight *v)
{
	return redact_path(v->f->path) || redact_path(v->f->old_path);
}

static bool excluded(const struct sight *v)
{
	return listed(&v->s->exclude, v->f) && !listed(&v->s->include, v->f);
}

static bool too_large(const struct sight *v)
{
	return v->f->too_large;
}

static bool conflicted(const struct sight *v)
{
	return v->f->status == FILE_CONFLICTED;
}

static bool binary(const struct sight *v)
{
	return v->f->binary;
}

static bool submodule(const struct sight *v)
{
	return v->f->submodule;
}

static bool included(const struct sight *v)
{
	return listed(&v->s->include, v->f);
}

bool cover_lock(struct span path)
{
	return any_glob(SPAN("Cargo.lock,package-lock.json,yarn.lock,"
			     "poetry.lock,pnpm-lock.yaml,flake.lock,"
			     "Gemfile.lock,go.sum,uv.lock"),
			path);
}

/* A person reviews the manifest. */
static bool lock_file(const struct sight *v)
{
	return cover_lock(v->f->path);
}

static bool lock_read(const struct sight *v)
{
	return lock_file(v) && v->f->old_text.len + v->f->new_text.len;
}

/* Names that only a generator gives. */
static bool machine_named(struct span path)
{
	return any_glob(SPAN("*.pb.rs,*_pb2.py,*.pb.go,*.generated.*,"
			     "*_generated.*,generated/"),
			path);
}

/* A mark of the change's own hides no file that a person may have named. */
static bool marked(const struct sight *v)
{
	const struct file_change *f = v->f;

	if (f->generated != SAYS_NOTHING)
		return f->generated == SAYS_YES;
	if (v->existing)
		return f->new_marked;
	if (f->old_marked)
		return f->new_marked || !f->new_mode;
	return f->new_marked && machine_named(f->path);
}

bool cover_vendored(struct span path)
{
	struct span part;

	while (text_field(&path, '/', &part) && path.ptr) {
		if (span_eqs(part, "src"))
			return false;
		if (span_eqs(part, "vendor") || span_eqs(part, "third_party") ||
		    span_eqs(part, "third-party"))
			return true;
	}
	return false;
}

static bool vendored(const struct sight *v)
{
	return v->f->vendored != SAYS_NOTHING ? v->f->vendored == SAYS_YES
					      : cover_vendored(v->f->path);
}

/* By name, or lines as no person writes them in a language of the web. */
static bool minified(const struct sight *v)
{
	size_t bytes = 0, lines = 0;

	if (any_glob(SPAN("*.min.js,*.min.mjs,*.min.css,*.js.map,*.css.map"),
		     v->f->path))
		return true;
	if (!any_glob(SPAN("*.js,*.mjs,*.cjs,*.css"), file_name(v->f->path)))
		return false;
	vec_each (struct hunk, h, &v->f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			bytes += l->text.len;
			lines++;
		}
	return bytes > MINIFIED_LINE * lines;
}

/* The first that holds decides. */
static const struct {
	bool (*holds)(const struct sight *v);
	enum cover_state state;
	bool counts; /* as covered, though it is not shown in full */
	const char *reason;
} rows[] = {
	{ credential, COVER_SKIPPED, false,
	  "a credential file by its name: never sent" },
	{ excluded, COVER_SKIPPED, true, "excluded by --exclude" },
	{ too_large, COVER_SKIPPED, false,
	  "larger than --max-file, or --max-diff is used up" },
	{ conflicted, COVER_SKIPPED, false,
	  "unmerged: resolve the conflict first" },
	{ binary, COVER_SUMMARY, true, "binary" },
	{ submodule, COVER_SUMMARY, true, "submodule: commit ids only" },
	{ included, COVER_FULL, true, "" },
	{ lock_read, COVER_SUMMARY, true,
	  "lock file: what it changes is listed" },
	{ lock_file, COVER_SUMMARY, false, "lock file: line counts only" },
	{ marked, COVER_SUMMARY, false, "generated" },
	{ vendored, COVER_SUMMARY, false, "vendored" },
	{ minified, COVER_SUMMARY, false, "minified" },
};

void cover_file(struct cover *c, const struct file_change *f,
		const struct settings *s, bool existing)
{
	const struct sight v = { f, s, existing };

	c->path = f->path;
	c->hunks = (uint32_t)f->hunks.len;
	c->hunks_sent = c->hunks;
	c->state = COVER_FULL;
	c->counts = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!rows[i].holds(&v))
			continue;
		c->state = rows[i].state;
		c->counts = rows[i].counts;
		c->reason = span_of(rows[i].reason);
		break;
	}
	if (c->state != COVER_FULL)
		c->hunks_sent = 0;
}

void cover_unread(struct task_input *in)
{
	vec_each (struct cover, c, &in->covers) {
		if (!c->unread || c->state != COVER_FULL)
			continue;
		c->state = COVER_SKIPPED;
		c->counts = false;
		c->hunks_sent = 0;
		c->reason = c->note;
		c->note = (struct span){ 0 };
	}
}
