#include "core/chat.h"

struct chat_message *chat_add(struct chat *c, struct arena *a,
			      enum chat_role role)
{
	struct chat_message *m = vec_push(&c->messages, a);

	m->role = role;
	return m;
}

struct chat_part *chat_add_text(struct chat_message *m, struct arena *a,
				struct span text)
{
	struct chat_part *p = vec_push(&m->parts, a);

	p->kind = PART_TEXT;
	p->text = text;
	return p;
}

size_t chat_bytes(const struct chat *c)
{
	size_t n = 0;

	vec_each (struct chat_part, p, &c->system)
		n += p->text.len;
	vec_each (struct chat_message, m, &c->messages)
		vec_each (struct chat_part, p, &m->parts)
			n += p->text.len;
	return n;
}
