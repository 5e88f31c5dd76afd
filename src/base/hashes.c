#include "base/hashes.h"

#include <stdlib.h>

static int by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

void hashes_sort(struct hashes *h)
{
	if (h->rows.len)
		qsort(h->rows.ptr, h->rows.len, sizeof(*h->rows.ptr), by_value);
}

/* The first row that is not below the value. */
static size_t lower(const struct hashes *h, uint64_t value)
{
	size_t from = 0, to = h->rows.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (h->rows.ptr[mid] < value)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

size_t hashes_count(const struct hashes *h, uint64_t value)
{
	size_t from = lower(h, value);

	return value == UINT64_MAX ? h->rows.len - from
				   : lower(h, value + 1) - from;
}

bool hashes_has(const struct hashes *h, uint64_t value)
{
	size_t at = lower(h, value);

	return at < h->rows.len && h->rows.ptr[at] == value;
}

size_t hashes_shared(const struct hashes *these, const struct hashes *those)
{
	size_t k = 0, n = 0;

	vec_each (const uint64_t, value, &these->rows) {
		while (k < those->rows.len && those->rows.ptr[k] < *value)
			k++;
		if (k == those->rows.len || those->rows.ptr[k] != *value)
			continue;
		k++;
		n++;
	}
	return n;
}

bool hashes_within(const struct hashes *these, const struct hashes *those,
		   bool each)
{
	size_t k = 0;

	vec_each (const uint64_t, value, &these->rows) {
		while (k < those->rows.len && those->rows.ptr[k] < *value)
			k++;
		if (k == those->rows.len || those->rows.ptr[k] != *value)
			return false;
		k += each;
	}
	return true;
}
