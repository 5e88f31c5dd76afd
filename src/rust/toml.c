/* Total, linear, no recursion; a pair enters the tree when it is whole. */
#include "rust/toml.h"

#include "base/arena.h"
#include "rust/toml_scan.h"

struct reader {
	struct toml_scan s;
	struct toml *root, *table; /* table: where pairs go */
	size_t nodes;
};

static struct toml *node(struct reader *r, enum toml_type type, unsigned line)
{
	struct toml *n = arena_new(r->s.arena, struct toml);

	n->type = type;
	n->line = line;
	if (++r->nodes > TOML_NODES_MAX)
		read_bad(&r->s, line, "too many values");
	return n;
}

static void append(struct toml *parent, struct toml *n)
{
	n->parent = parent;
	if (parent->last)
		parent->last->next = n;
	else
		parent->child = n;
	parent->last = n;
}

static struct toml *add_table(struct reader *r, struct toml *parent,
			      struct span key, unsigned line)
{
	struct toml *n = node(r, TOML_TABLE, line);

	n->key = key;
	append(parent, n);
	index_toml(parent, n);
	return n;
}

/* What is put here is read, but never part of the file's tree. */
static struct toml *aside(struct reader *r, unsigned line, const char *words)
{
	read_bad(&r->s, line, words);
	return node(r, TOML_TABLE, line);
}

static struct toml *child_of(struct toml *table, struct span key)
{
	return (struct toml *)find_toml_key(table, key);
}

/* One step of a header or a dotted key; makes the table where it is new. */
static struct toml *step(struct reader *r, struct toml *at, struct span key,
			 unsigned line)
{
	struct toml *n = child_of(at, key);

	if (!n)
		return add_table(r, at, key, line);
	if (n->type == TOML_ARRAY && n->tables)
		return n->last;
	if (n->type != TOML_TABLE || n->closed)
		return aside(r, line, "a value is used as a table");
	return n;
}

static void put(struct reader *r, struct toml *at, const struct span *parts,
		size_t count, struct toml *value)
{
	size_t i;

	for (i = 0; i + 1 < count; i++) {
		at = step(r, at, parts[i], value->line);
		at->defined = true;
	}
	value->key = parts[i];
	if (child_of(at, value->key)) {
		read_bad(&r->s, value->line, "a key given twice");
		return;
	}
	append(at, value);
	index_toml(at, value);
}

/* A scalar, or a container just opened. NULL: complained. */
static struct toml *begin_value(struct reader *r)
{
	struct toml *n = node(r, TOML_TABLE, r->s.line);

	if (r->nodes > TOML_NODES_MAX)
		return NULL;
	if (read_take(&r->s, '{'))
		return n;
	if (read_take(&r->s, '[')) {
		n->type = TOML_ARRAY;
		return n;
	}
	return read_scalar(&r->s, &n->type, &n->text) ? n : NULL;
}

static bool container(const struct toml *n)
{
	return n->type == TOML_TABLE || n->type == TOML_ARRAY;
}

/* The next pair or element of an open container. */
static struct toml *inner(struct reader *r, struct toml *in)
{
	struct span parts[TOML_DEPTH_MAX];
	unsigned line = r->s.line;
	struct toml *n;
	size_t count;

	if (in->type == TOML_ARRAY) {
		n = begin_value(r);
		if (n)
			append(in, n);
		return n;
	}
	if (!read_key(&r->s, parts, &count))
		return NULL;
	if (!read_take(&r->s, '=')) {
		read_bad(&r->s, line, "no = behind a key");
		return NULL;
	}
	read_gap(&r->s);
	n = begin_value(r);
	if (!n)
		return NULL;
	n->line = line;
	put(r, in, parts, count, n);
	return n;
}

static struct toml *value(struct reader *r)
{
	struct toml *open[TOML_DEPTH_MAX], *top = begin_value(r), *n = top, *in;
	size_t depth = 0;

	while (n) {
		if (container(n) && !n->closed) {
			if (depth == TOML_DEPTH_MAX) {
				read_bad(&r->s, n->line, "nested too deep");
				return NULL;
			}
			open[depth++] = n;
		} else if (!depth) {
			return n;
		} else {
			read_gap(&r->s);
			if (!read_take(&r->s, ',') && read_peek(&r->s) != ']' &&
			    read_peek(&r->s) != '}')
				break;
		}
		read_gap(&r->s);
		in = open[depth - 1];
		if (read_take(&r->s, in->type == TOML_ARRAY ? ']' : '}')) {
			in->closed = true;
			depth--;
			n = in;
		} else if (!r->s.rest.len) {
			break;
		} else {
			n = inner(r, in);
		}
	}
	read_bad(&r->s, top ? top->line : r->s.line,
		 "an array or inline table without its end");
	return NULL;
}

static bool read_pair(struct reader *r)
{
	struct span parts[TOML_DEPTH_MAX];
	unsigned line = r->s.line;
	struct toml *n;
	size_t count;

	if (!read_key(&r->s, parts, &count))
		return false;
	if (!read_take(&r->s, '='))
		return read_bad(&r->s, line, "no = behind a key");
	read_blanks(&r->s);
	n = value(r);
	if (!n || !read_line_end(&r->s))
		return false;
	n->line = line;
	put(r, r->table, parts, count, n);
	return true;
}

static struct toml *array_element(struct reader *r, struct toml *at,
				  struct span key, unsigned line)
{
	struct toml *n = child_of(at, key), *table;

	if (n && !n->tables)
		return aside(r, line, "a value is used as an array of tables");
	if (!n) {
		n = add_table(r, at, key, line);
		n->type = TOML_ARRAY;
		n->tables = true;
	}
	table = node(r, TOML_TABLE, line);
	append(n, table);
	return table;
}

static struct toml *header_table(struct reader *r, struct toml *at,
				 struct span key, unsigned line)
{
	struct toml *n = child_of(at, key);

	if (n && n->tables)
		return aside(r, line, "an array of tables is used as a table");
	n = step(r, at, key, line);
	if (n->defined)
		read_bad(&r->s, line, "a table given twice");
	else
		n->line = line;
	n->defined = true;
	return n;
}

static bool read_header(struct reader *r)
{
	struct span parts[TOML_DEPTH_MAX];
	unsigned line = r->s.line;
	struct toml *at = r->root;
	size_t count, i;
	bool many;

	many = read_take(&r->s, '[');
	if (!read_key(&r->s, parts, &count))
		return false;
	if (!read_take(&r->s, ']') || (many && !read_take(&r->s, ']')))
		return read_bad(&r->s, line, "a header without its end");
	if (!read_line_end(&r->s))
		return false;
	for (i = 0; i + 1 < count; i++)
		at = step(r, at, parts[i], line);
	r->table = many ? array_element(r, at, parts[i], line)
			: header_table(r, at, parts[i], line);
	return true;
}

void parse_toml(struct toml_file *out, struct arena *a, struct span src)
{
	struct reader r = { .s = { .rest = src, .line = 1, .arena = a } };
	bool good = true;

	*out = (struct toml_file){ .root = node(&r, TOML_TABLE, 1) };
	r.root = r.table = out->root;
	out->root->defined = true;
	out->lines = (unsigned)text_count_lines(src);
	if (src.len > TOML_BYTES_MAX)
		good = read_bad(&r.s, 1, "more than 4 MB");
	if (good && span_starts(src, "\xef\xbb\xbf"))
		r.s.rest = span_from(src, 3);
	while (good) {
		read_gap(&r.s);
		if (!r.s.rest.len)
			break;
		good = read_take(&r.s, '[') ? read_header(&r) : read_pair(&r);
		good = good && r.nodes <= TOML_NODES_MAX;
	}
	buf_release(&r.s.scratch);
	out->whole = good;
	out->bad = r.s.bad;
	out->bad_line = r.s.bad_line;
	/* what is missing at the end is missing on the last line */
	if (out->bad_line > out->lines)
		out->bad_line = out->lines ? out->lines : 1;
}
