#include "core/chat.h"

#include "test.h"

START_TEST(messages_and_parts_stay_in_the_order_they_came)
{
	struct arena a = { 0 };
	struct chat c = { 0 };
	int i;

	for (i = 0; i < 100; i++) {
		struct chat_message *m =
			chat_add(&c, &a, i % 2 ? ROLE_ASSISTANT : ROLE_USER);

		chat_add_text(m, &a, SPAN("one"));
		chat_add_text(m, &a, SPAN("three"))->cache = i == 7;
	}
	ck_assert_uint_eq(c.messages.len, 100);
	for (i = 0; i < 100; i++) {
		struct chat_message *m = &c.messages.ptr[i];

		ck_assert_int_eq(m->role, i % 2 ? ROLE_ASSISTANT : ROLE_USER);
		ck_assert_uint_eq(m->parts.len, 2);
		ck_assert_int_eq(m->parts.ptr[0].kind, PART_TEXT);
		ck_assert(span_eqs(m->parts.ptr[0].text, "one"));
		ck_assert(span_eqs(m->parts.ptr[1].text, "three"));
		ck_assert_int_eq(m->parts.ptr[1].cache, i == 7);
	}
	arena_release(&a);
}
END_TEST

START_TEST(the_bytes_are_those_of_system_and_messages)
{
	struct arena a = { 0 };
	struct chat c = { 0 };

	ck_assert_uint_eq(chat_bytes(&c), 0);
	vec_push(&c.system, &a)->text = SPAN("12345");
	chat_add_text(chat_add(&c, &a, ROLE_USER), &a, SPAN("123"));
	chat_add_text(chat_add(&c, &a, ROLE_ASSISTANT), &a, SPAN(""));
	chat_add_text(&c.messages.ptr[1], &a, SPAN("1\0"));
	ck_assert_uint_eq(chat_bytes(&c), 10);
	arena_release(&a);
}
END_TEST

Suite *chat_suite(void)
{
	Suite *s = suite_create("chat");
	TCase *tc = tcase_create("chat");

	tcase_add_test(tc, messages_and_parts_stay_in_the_order_they_came);
	tcase_add_test(tc, the_bytes_are_those_of_system_and_messages);
	suite_add_tcase(s, tc);
	return s;
}
