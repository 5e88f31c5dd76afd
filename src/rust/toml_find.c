/*
 * Keys of a table as a PATRICIA tree (Morrison 1968, as in Sedgewick's
 * Algorithms in C, 12.5): look-up linear in the key whatever the other keys
 * are, which no hash without a secret promises on hostile input.
 *
 * A key is read as bits: a 1, then for each byte a 1 and its eight bits, then
 * 0 for ever. So no key is a prefix of another, and the table itself serves as
 * the tree's head, which is all 0.
 */
#include "rust/toml.h"

static unsigned key_bit(struct span key, size_t bit)
{
	size_t at = (bit - 2) / 9, in = (bit - 2) % 9;

	if (bit < 2)
		return 1;
	if (at >= key.len)
		return 0;
	return in ? (unsigned char)key.ptr[at] >> (8 - in) & 1u : 1;
}

static size_t node_bit(const struct toml *table, const struct toml *n)
{
	return n == table ? 0 : n->bit;
}

/* Where the search for key ends; stops before a node of bit `limit`. */
static struct toml *descend(const struct toml *table, struct span key,
			    size_t limit, const struct toml **above)
{
	const struct toml *p = table;
	struct toml *x = table->index;

	while (node_bit(table, p) < node_bit(table, x) && x->bit < limit) {
		p = x;
		x = x->side[key_bit(key, x->bit)];
	}
	*above = p;
	return x;
}

static size_t first_difference(struct span a, struct span b)
{
	size_t at = 0, bit;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	for (bit = 2 + 9 * at; key_bit(a, bit) == key_bit(b, bit); bit++)
		;
	return bit;
}

void index_toml(struct toml *table, struct toml *child)
{
	const struct toml *above;
	struct toml *near;
	unsigned one;

	if (!table->index) {
		child->bit = 1;
		child->side[0] = table;
		child->side[1] = child;
		table->index = child;
		return;
	}
	near = descend(table, child->key, SIZE_MAX, &above);
	child->bit = first_difference(child->key, near->key);
	near = descend(table, child->key, child->bit, &above);
	one = key_bit(child->key, child->bit);
	child->side[one] = child;
	child->side[!one] = near;
	if (above == table)
		table->index = child;
	else
		((struct toml *)above)->side[key_bit(child->key, above->bit)] =
			child;
}

const struct toml *find_toml_key(const struct toml *table, struct span key)
{
	const struct toml *above, *x;

	if (!table || table->type != TOML_TABLE || !table->index)
		return NULL;
	x = descend(table, key, SIZE_MAX, &above);
	return x != table && span_eq(x->key, key) ? x : NULL;
}

const struct toml *find_toml(const struct toml *table, const char *path)
{
	struct span rest = span_of(path), part;

	while (table && text_field(&rest, '.', &part))
		table = find_toml_key(table, part);
	return table;
}

struct span find_toml_text(const struct toml *table, const char *path)
{
	const struct toml *v = find_toml(table, path);

	return v && v->type == TOML_STRING ? v->text : (struct span){ 0 };
}

bool has_toml_flag(const struct toml *table, const char *path, bool value)
{
	const struct toml *v = find_toml(table, path);

	return v && v->type == TOML_BOOL &&
	       span_eqs(v->text, value ? "true" : "false");
}
