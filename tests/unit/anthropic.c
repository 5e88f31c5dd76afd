#include "llm/provider.h"

#include "replay.h"
#include "requests.h"

#define EV(json) "data: " json "\n\n"
#define START                                                     \
	EV("{\"type\":\"message_start\",\"message\":{\"usage\":{" \
	   "\"input_tokens\":10,\"cache_read_input_tokens\":4,"   \
	   "\"cache_creation_input_tokens\":2,\"output_tokens\":1}}   }")
#define BLOCK(i, json)                                       \
	EV("{\"type\":\"content_block_start\",\"index\":" #i \
	   ",\"content_block\":" json "}")
#define DELTA(i, json)                                       \
	EV("{\"type\":\"content_block_delta\",\"index\":" #i \
	   ",\"delta\":" json "}")
#define TEXT(i, s) DELTA(i, "{\"type\":\"text_delta\",\"text\":\"" s "\"}")
#define ENDBLOCK(i) EV("{\"type\":\"content_block_stop\",\"index\":" #i "}")
#define STOP(word)                                                          \
	EV("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" word \
	   "\"},\"usage\":{\"input_tokens\":null,\"output_tokens\":7}}")
#define END EV("{\"type\":\"message_stop\"}")
#define PING EV("{\"type\": \"ping\"}")
#define EMPTY_TEXT "{\"type\":\"text\",\"text\":\"\"}"

#define STARTED "start\nusage 10 4 2 1 -1\n"
#define STOPPED(word) "usage 10 4 2 7 -1\nstop " word "\n"

static const struct {
	const char *stream, *log;
} streams[] = {
	/* the usual */
	{ START BLOCK(0, EMPTY_TEXT) PING TEXT(0, "Hel") TEXT(0, "lo \\u00e9")
		  ENDBLOCK(0) STOP("end_turn") END,
	  STARTED "text 0 Hel\ntext 0 lo \xc3\xa9\n" STOPPED(
		  "end_turn end_turn") "end\n" },
	/* a block that begins with text */
	{ START BLOCK(0, "{\"type\":\"text\",\"text\":\"a\"}") TEXT(0, "b"),
	  STARTED "text 0 a\ntext 0 b\n" },
	/* thinking, also without its text, goes back as it came */
	{ START BLOCK(0, "{\"type\":\"thinking\",\"thinking\":\"\","
			 "\"signature\":\"\"}")
		  DELTA(0, "{\"type\":\"thinking_delta\",\"thinking\":"
			   "\"Let\"}") DELTA(0, "{\"type\":\"thinking_delta\","
						"\"thinking\":\" me\\n\"}")
			  DELTA(0, "{\"type\":\"signature_delta\","
				   "\"signature\":\"Eq\\/Q\"}") ENDBLOCK(0),
	  STARTED "think 0 Let\nthink 0  me\n\n"
		  "opaque 0 {\"type\":\"thinking\",\"thinking\":\"Let me\\n\","
		  "\"signature\":\"Eq\\/Q\"}\n" },
	{ START BLOCK(0, "{\"type\":\"thinking\",\"thinking\":\"\","
			 "\"signature\":\"\"}")
		  DELTA(0, "{\"type\":\"signature_delta\",\"signature\":"
			   "\"Xy=\"}") ENDBLOCK(0),
	  STARTED "opaque 0 {\"type\":\"thinking\",\"thinking\":\"\","
		  "\"signature\":\"Xy=\"}\n" },
	{ START BLOCK(0, "{\"type\":\"redacted_thinking\",\"data\":\"Em\"}")
		  ENDBLOCK(0),
	  STARTED "opaque 0 {\"type\":\"redacted_thinking\","
		  "\"data\":\"Em\"}\n" },
	/* unknown blocks, members kept in order and as written */
	{ START BLOCK(0, "{\"type\":\"novel\", \"x\":[1, {\"y\":null}],"
			 "\"z\":1.50}") ENDBLOCK(0),
	  STARTED "opaque 0 {\"type\":\"novel\",\"x\":[1, {\"y\":null}],"
		  "\"z\":1.50}\n" },
	{ START BLOCK(0, "{\"type\":\"compaction\",\"content\":null}")
		  DELTA(0, "{\"type\":\"compaction_delta\",\"content\":\"c\","
			   "\"encrypted_content\":\"e\"}") ENDBLOCK(0),
	  STARTED "opaque 0 {\"type\":\"compaction\",\"content\":\"c\","
		  "\"encrypted_content\":\"e\"}\n" },
	{ START BLOCK(0, "{\"type\":\"server_tool_use\",\"id\":\"s\","
			 "\"name\":\"web\",\"input\":{}}")
		  DELTA(0, "{\"type\":\"input_json_delta\","
			   "\"partial_json\":\"\"}")
			  DELTA(0, "{\"type\":\"input_json_delta\","
				   "\"partial_json\":\"{\\\"q\\\":\"}")
				  DELTA(0, "{\"type\":\"input_json_delta\","
					   "\"partial_json\":\"1}\"}")
					  ENDBLOCK(0),
	  STARTED "opaque 0 {\"type\":\"server_tool_use\",\"id\":\"s\","
		  "\"name\":\"web\",\"input\":{\"q\":1}}\n" },
	/* what cannot be folded in is not echoed */
	{ START BLOCK(0, "{\"type\":\"novel\"}")
		  DELTA(0, "{\"type\":\"novel_delta\",\"a\":1}") ENDBLOCK(0),
	  STARTED },
	{ START BLOCK(0, "{\"type\":\"server_tool_use\",\"input\":{}}")
		  DELTA(0, "{\"type\":\"input_json_delta\","
			   "\"partial_json\":\"{\\\"q\"}") ENDBLOCK(0),
	  STARTED },
	/* tool calls */
	{ START BLOCK(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":"
			 "\"read\",\"input\":{}}")
		  BLOCK(1, "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":"
			   "\"list\",\"input\":{}}")
			  DELTA(0, "{\"type\":\"input_json_delta\","
				   "\"partial_json\":\"{\\\"a\"}")
				  DELTA(0, "{\"type\":\"input_json_delta\","
					   "\"partial_json\":\"\\\":1}\"}")
					  ENDBLOCK(0) ENDBLOCK(1)
						  STOP("tool_use") END,
	  STARTED "call 0 't1' 'read' \ncall 1 't2' 'list' \n"
		  "call 0 '' '' {\"a\ncall 0 '' '' \":1}\n" STOPPED(
			  "tool_use tool_use") "end\n" },
	{ START BLOCK(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":"
			 "\"read\",\"input\":{\"a\":1}}") ENDBLOCK(0),
	  STARTED "call 0 't1' 'read' \ncall 0 '' '' {\"a\":1}\n" },
	/* stop reasons */
	{ STOP("max_tokens"), "start\nusage -1 -1 -1 7 -1\n"
			      "stop max_tokens max_tokens\n" },
	{ STOP("stop_sequence"), "start\nusage -1 -1 -1 7 -1\n"
				 "stop end_turn stop_sequence\n" },
	{ STOP("refusal"), "start\nusage -1 -1 -1 7 -1\n"
			   "stop refusal refusal\n" },
	{ STOP("pause_turn"), "start\nusage -1 -1 -1 7 -1\n"
			      "stop pause_turn pause_turn\n" },
	{ STOP("model_context_window_exceeded"),
	  "start\nusage -1 -1 -1 7 -1\n"
	  "stop model_context_window_exceeded "
	  "model_context_window_exceeded\n" },
	{ STOP("novel"), "start\nusage -1 -1 -1 7 -1\n"
			 "stop end_turn novel\n" },
	{ EV("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null}}"),
	  "start\n" },
	/* usage: null keeps, nonsense is unknown */
	{ START EV("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{"
		   "\"input_tokens\":-5,\"cache_read_input_tokens\":1e999,"
		   "\"cache_creation_input_tokens\":null,\"output_tokens\":9,"
		   "\"output_tokens_details\":{\"thinking_tokens\":3}}}"),
	  STARTED "usage -1 -1 2 9 3\n" },
	{ START EV("{\"type\":\"message_delta\",\"delta\":{},\"usage\":null}"),
	  STARTED },
	/* errors end it */
	{ EV("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
	     "\"message\":\"Overloaded\"}}") START,
	  "error 529 Overloaded\n" },
	{ "event: error\n" EV("{\"error\":{\"type\":\"rate_limit_error\","
			      "\"message\":\"slow\"}}"),
	  "error 429 slow\n" },
	{ EV("{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}"),
	  "error 500 api_error\n" },
	{ EV("{\"type\":\"error\"}"), "error 500 an error without words\n" },
	{ "error: {\"code\":503,\"message\":\"Loading\"}\n\n",
	  "error 503 Loading\n" },
	/* order: two starts, unknown index, stop before start, after the end */
	{ START BLOCK(0, EMPTY_TEXT) TEXT(0, "x") START BLOCK(0, EMPTY_TEXT)
		  TEXT(0, "y"),
	  STARTED "text 0 x\n" STARTED "text 0 y\n" },
	{ START BLOCK(0, EMPTY_TEXT) START TEXT(0, "x"), STARTED STARTED },
	{ START TEXT(3, "x") ENDBLOCK(3) ENDBLOCK(0) BLOCK(0, EMPTY_TEXT)
		  ENDBLOCK(0) TEXT(0, "x"),
	  STARTED },
	{ START END TEXT(0, "x") START "data: junk\n\n", STARTED "end\n" },
	{ BLOCK(0, EMPTY_TEXT) TEXT(0, "x") END, "start\ntext 0 x\nend\n" },
	/* what is not known or not there is passed over */
	{ EV("{\"type\":\"novel_event\",\"a\":[]}") EV("{}") "data:\n\n", "" },
	{ START BLOCK(-1, EMPTY_TEXT) BLOCK(4294967296, EMPTY_TEXT)
		  TEXT(-1, "x") TEXT(4294967296, "x") BLOCK(0, "null")
			  BLOCK(0, "[]") DELTA(0, "{}"),
	  STARTED },
	{ START BLOCK(0, EMPTY_TEXT)
		  DELTA(0, "{\"type\":\"citations_delta\",\"citation\":{}}")
			  DELTA(0, "null") TEXT(0, "x"),
	  STARTED "text 0 x\n" },
	/* bytes that are not UTF-8 are shown as such, and are no error */
	{ START BLOCK(0, EMPTY_TEXT) TEXT(0, "a\xff\xfez"),
	  STARTED "text 0 a\xef\xbf\xbd\xef\xbf\xbdz\n" },
	/* what is not JSON is an error */
	{ START "data: <html>\n\n", STARTED "failed 4\n" },
	{ "data: []\n\n", "failed 4\n" },
	{ START "data: {\"type\":\"mess", STARTED "failed 4\n" },
	{ EV("{\"type\":\"message_stop\",\"x\":\"\\u0000\"}"), "failed 5\n" },
};

START_TEST(a_stream_gives_its_events_in_any_split)
{
	replay_check(provider_find("anthropic"), streams[_i].stream,
		     streams[_i].log);
}
END_TEST

START_TEST(too_many_open_blocks_end_the_stream)
{
	struct buf b = { 0 };
	struct replay r = { 0 };
	int i;

	for (i = 0; i < 65; i++)
		buf_addf(&b,
			 "data: {\"type\":\"content_block_start\",\"index\":%d,"
			 "\"content_block\":{\"type\":\"text\"}}\n\n",
			 i);
	replay(&r, provider_find("anthropic"), buf_span(&b), b.len, b.len);
	ck_assert_str_eq(buf_cstr(&r.log), "start\nfailed 4\n");
	replay_release(&r);
	buf_release(&b);
}
END_TEST

/* ---- requests */

#define HEAD "{\"model\":\"m\",\"max_tokens\":100,\"stream\":true"
#define MARK ",\"cache_control\":{\"type\":\"ephemeral\"}"
#define T(s) "{\"type\":\"text\",\"text\":\"" s "\"}"
#define TM(s) "{\"type\":\"text\",\"text\":\"" s "\"" MARK "}"

static const struct {
	const char *script, *body;
} requests[] = {
	{ "s:be kind|u:hi",
	  HEAD ",\"system\":[" T("be kind") "],\"messages\":[{\"role\":"
					    "\"user\",\"content\":[" T(
						    "hi") "]}]}" },
	{ "u:hi", HEAD
	  ",\"messages\":[{\"role\":\"user\",\"content\":[" T("hi") "]}]}" },
	{ "S:a|u:b|U:c", HEAD
	  ",\"system\":[" TM("a") "],\"messages\":[{\"role\":\"user\","
				  "\"content\":[" T("b") "," TM("c") "]}]}" },
	/* blank texts are never sent, nor messages of nothing else */
	{ "s:|s: \n|u:|u:x|a:|u:y",
	  HEAD ",\"messages\":[{\"role\":\"user\",\"content\":[" T(
		  "x") "]},{\"role\":\"user\",\"content\":[" T("y") "]}]}" },
	/* at most four marks: the first and the last three */
	{ "S:a|U:b|U:c|U:d|U:e|U:f", HEAD
	  ",\"system\":[" TM("a") "],\"messages\":[{\"role\":\"user\","
				  "\"content\":[" T("b") "," T("c") "," TM(
					  "d") "," TM("e") "," TM("f") "]}]}" },
	/* a provider's blocks go back byte for byte */
	{ "u:x|o:{\"type\":\"thinking\", \"thinking\":\"\",\"signature\":"
	  "\"E\\/q\"}|a:y|u:z",
	  HEAD ",\"messages\":[{\"role\":\"user\",\"content\":[" T(
		  "x") "]},{\"role\":\"assistant\",\"content\":[{"
		       "\"type\":\"thinking\""
		       ", \"thinking\":\"\",\"signature\":\"E\\/q\"}," T(
			       "y") "]},{\"role\":\"user\",\"content\":"
				    "[" T("z") "]}]}" },
	/* tool calls: objects only */
	{ "u:x|c:{\"a\": 1}|c:|c:{\"a|c:[1]",
	  HEAD ",\"messages\":[{\"role\":\"user\",\"content\":[" T(
		  "x") "]},{\"role\":\"assistant\",\"content\":["
		       "{\"type\":\"tool_use\",\"id\":\"id\",\"name\":\"f\","
		       "\"input\":{\"a\": 1}},"
		       "{\"type\":\"tool_use\",\"id\":\"id\",\"name\":\"f\","
		       "\"input\":{}},"
		       "{\"type\":\"tool_use\",\"id\":\"id\",\"name\":\"f\","
		       "\"input\":{\"INVALID_JSON\":\"{\\\"a\"}},"
		       "{\"type\":\"tool_use\",\"id\":\"id\",\"name\":\"f\","
		       "\"input\":{\"INVALID_JSON\":\"[1]\"}}]}]}" },
	/* bytes that are no UTF-8 cannot break the body */
	{ "u:\"\\\n\x01\xff",
	  HEAD ",\"messages\":[{\"role\":\"user\",\"content\":[" T(
		  "\\\"\\\\\\n\\u0001\xef\xbf\xbd") "]}]}" },
};

START_TEST(a_chat_becomes_this_body)
{
	request_check("anthropic", 100, requests[_i].script, requests[_i].body);
}
END_TEST

START_TEST(the_reply_length_is_never_left_out)
{
	request_check(
		"anthropic", 0, "u:x",
		"{\"model\":\"m\",\"max_tokens\":8192,\"stream\":true,"
		"\"messages\":[{\"role\":\"user\",\"content\":[" T("x") "]}]}");
}
END_TEST

START_TEST(a_count_asks_for_no_reply)
{
	request_check_count(
		"anthropic",
		"{\"model\":\"m\",\"messages\":[{\"role\":\"user\","
		"\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}");
}
END_TEST

Suite *anthropic_suite(void)
{
	Suite *s = suite_create("anthropic");
	TCase *tc = tcase_create("anthropic");

	add_rows(tc, a_stream_gives_its_events_in_any_split, streams);
	add_rows(tc, a_chat_becomes_this_body, requests);
	tcase_add_test(tc, too_many_open_blocks_end_the_stream);
	tcase_add_test(tc, a_count_asks_for_no_reply);
	tcase_add_test(tc, the_reply_length_is_never_left_out);
	suite_add_tcase(s, tc);
	return s;
}
