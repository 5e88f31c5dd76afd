/* Total, linear: what is no number counts as 0 and is ordered by its bytes. */
#include "rust/cargo_parts.h"

struct version {
	struct span part[3]; /* digits, without leading zeros */
	struct span pre, build;
};

static struct span digits(struct span *rest)
{
	struct span d = *rest;
	size_t n = 0;

	while (n < d.len && d.ptr[n] >= '0' && d.ptr[n] <= '9')
		n++;
	*rest = span_from(d, n);
	d = span_first(d, n);
	while (span_starts(d, "0"))
		d = span_from(d, 1);
	return d;
}

static struct version version_of(struct span v)
{
	struct version out = { 0 };
	ptrdiff_t plus = span_chr(v, '+');
	int i;

	if (plus >= 0) {
		out.build = span_from(v, (size_t)plus);
		v = span_first(v, (size_t)plus);
	}
	for (i = 0; i < 3; i++) {
		out.part[i] = digits(&v);
		if (!span_starts(v, "."))
			break;
		v = span_from(v, 1);
	}
	out.pre = v;
	return out;
}

/* Of digits without leading zeros. */
static int number_order(struct span a, struct span b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return span_order(a, b);
}

static bool numeric(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

static int part_order(struct span a, struct span b)
{
	bool na = numeric(a), nb = numeric(b);

	if (na != nb)
		return na ? -1 : 1;
	return na ? number_order(digits(&a), digits(&b)) : span_order(a, b);
}

static int pre_order(struct span a, struct span b)
{
	struct span x, y;
	bool more_a, more_b;
	int order;

	if (!a.len || !b.len)
		return !a.len - !b.len;
	for (;;) {
		more_a = text_field(&a, '.', &x);
		more_b = text_field(&b, '.', &y);
		if (!more_a || !more_b)
			return more_a - more_b;
		order = part_order(x, y);
		if (order)
			return order;
	}
}

static int precedence(const struct version *a, const struct version *b)
{
	int i, order = 0;

	for (i = 0; i < 3 && !order; i++)
		order = number_order(a->part[i], b->part[i]);
	return order ? order : pre_order(a->pre, b->pre);
}

int version_compare(struct span a, struct span b)
{
	struct version va = version_of(a), vb = version_of(b);
	int order = precedence(&va, &vb);

	return order ? order : span_order(a, b);
}

enum cargo_level version_level(struct span a, struct span b)
{
	static const enum cargo_level levels[] = { LEVEL_MAJOR, LEVEL_MINOR,
						   LEVEL_PATCH };
	struct version va = version_of(a), vb = version_of(b);
	bool leading = true; /* only zeros so far */
	int i;

	for (i = 0; i < 3; i++) {
		if (number_order(va.part[i], vb.part[i]))
			return leading ? LEVEL_MAJOR : levels[i];
		leading = leading && !va.part[i].len;
	}
	if (pre_order(va.pre, vb.pre))
		return LEVEL_PRERELEASE;
	return span_order(va.build, vb.build) ? LEVEL_BUILD : LEVEL_NONE;
}

struct span version_major(struct span v)
{
	struct span rest = v, part;
	int i;

	for (i = 0; i < 3; i++) {
		part = digits(&rest);
		if (part.len || !span_starts(rest, "."))
			break;
		rest = span_from(rest, i < 2);
	}
	return span_first(v, v.len - rest.len);
}
