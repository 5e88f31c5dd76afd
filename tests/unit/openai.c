#include "llm/provider.h"

#include "replay.h"
#include "requests.h"

#define EV(json) "data: " json "\n\n"
#define CHOICE(rest) EV("{\"choices\":[{\"index\":0," rest "}]}")
#define DELTA(members) CHOICE("\"delta\":{" members "}")
#define TEXT(s) DELTA("\"content\":\"" s "\"")
#define CALL(members) DELTA("\"tool_calls\":[{" members "}]")
#define STOP(word) CHOICE("\"delta\":{},\"finish_reason\":\"" word "\"")
#define USAGE(members) EV("{\"choices\":[],\"usage\":{" members "}}")
#define DONE "data: [DONE]\n\n"

static const struct {
	const char *stream, *log;
} streams[] = {
	/* the usual */
	{ DELTA("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null")
		  TEXT("Hi") TEXT(" \\ud83d\\ude00") STOP("stop")
			  USAGE("\"prompt_tokens\":79,\"completion_tokens\":12,"
				"\"total_tokens\":91,\"prompt_tokens_details\":"
				"{\"cached_tokens\":64,\"cache_write_tokens\":"
				"5},\"completion_tokens_details\":{"
				"\"reasoning_tokens\":4}") DONE,
	  "start\ntext 0 Hi\ntext 0  \xf0\x9f\x98\x80\nstop end_turn stop\n"
	  "usage 10 64 5 12 4\nend\n" },
	/* anything may be missing, null or of another type */
	{ EV("{\"choices\":[],\"id\":\"\",\"object\":\"\"}") EV("{}")
		  EV("{\"choices\":null,\"usage\":null,\"error\":null}") EV(
			  "{\"choices\":[{}]}") EV("{\"choices\":{}}")
			  CHOICE("\"delta\":null") DELTA("\"content\":null")
				  DELTA("\"content\":5") DELTA("\"tool_"
							       "calls\":{}")
					  DELTA("\"tool"
						"_call"
						"s\":["
						"null"
						",1]"),
	  "start\n" },
	{ EV("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"}},"
	     "{\"delta\":{\"content\":\"yes\"}}]}"),
	  "start\ntext 0 yes\n" },
	/* the end mark by its first bytes, and nothing after it */
	{ TEXT("a") "data: [DONE]x\n\n" TEXT("b"), "start\ntext 0 a\nend\n" },
	{ "data: [DONE] \n\ndata: junk\n\n", "end\n" },
	/* stop reasons */
	{ STOP("length"), "start\nstop max_tokens length\n" },
	{ STOP("content_filter"), "start\nstop refusal content_filter\n" },
	{ STOP("tool_calls"), "start\nstop tool_use tool_calls\n" },
	{ STOP("novel"), "start\nstop end_turn novel\n" },
	{ STOP("") STOP("load"), "start\n" },
	{ CHOICE("\"finish_reason\":null"), "start\n" },
	{ STOP("model_length"),
	  "start\nstop model_context_window_exceeded model_length\n" },
	{ DELTA("\"refusal\":\"No.\"") STOP("stop"),
	  "start\ntext 0 No.\nstop refusal stop\n" },
	/* tool calls: numbered from 1, in pieces */
	{ CALL("\"index\":1,\"id\":\"c1\",\"type\":\"function\",\"function\":"
	       "{\"name\":\"read\",\"arguments\":\"\"}")
		  CALL("\"index\":1,\"function\":{\"arguments\":\"{\\\"a\"}")
			  CALL("\"index\":1,\"function\":{\"arguments\":"
			       "\"\\\":1}\"}") STOP("tool_calls"),
	  "start\ncall 0 'c1' 'read' \ncall 0 '' '' {\"a\n"
	  "call 0 '' '' \":1}\nstop tool_use tool_calls\n" },
	/* id and name repeated in each piece, a stop that says otherwise */
	{ CALL("\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\","
	       "\"arguments\":\"{\"}")
		  CALL("\"index\":0,\"id\":\"c1\",\"function\":{\"name\":"
		       "\"f\",\"arguments\":\"}\"}") STOP("stop"),
	  "start\ncall 0 'c1' 'f' {\ncall 0 '' '' }\nstop tool_use stop\n" },
	/* another id at the same index is another call */
	{ CALL("\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\","
	       "\"arguments\":\"{}\"}")
		  CALL("\"index\":0,\"id\":\"c2\",\"function\":{\"name\":"
		       "\"g\",\"arguments\":\"{}\"}"),
	  "start\ncall 0 'c1' 'f' {}\ncall 1 'c2' 'g' {}\n" },
	/* no index: the position counts; no id; arguments as an object */
	{ DELTA("\"tool_calls\":[{\"function\":{\"name\":\"f\","
		"\"arguments\":{\"a\":1}}},{\"id\":\"c2\",\"function\":{"
		"\"name\":\"g\",\"arguments\":\"{}\"}}]"),
	  "start\ncall 0 '' 'f' {\"a\":1}\ncall 1 'c2' 'g' {}\n" },
	{ CALL("\"index\":0,\"function\":{\"name\":\"\",\"arguments\":\"\"}")
		  CALL("\"index\":0,\"id\":\"late\",\"function\":{\"name\":"
		       "\"f\",\"arguments\":null}"),
	  "start\ncall 0 '' '' \ncall 0 'late' 'f' \n" },
	/* reasoning under its three names, never twice */
	{ DELTA("\"reasoning_content\":\"a\",\"content\":null")
		  DELTA("\"reasoning\":\"b\"") DELTA(
			  "\"reasoning\":\"c\",\"reasoning_content\":"
			  "\"c\"") DELTA("\"reasoning_details\":[{\"type\":"
					 "\"reasoning.text\",\"text\":\"d\"}]"),
	  "start\nthink 0 a\nthink 0 b\nthink 0 c\nthink 0 d\n" },
	{ DELTA("\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":"
		"\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":"
		"\"yes\"},7]"),
	  "start\nthink 0 hm\ntext 0 yes\n" },
	/* usage wherever it comes, the last one counting */
	{ EV("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
	     "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":339,"
	     "\"completion_tokens\":83,\"total_tokens\":422,"
	     "\"prompt_cache_hit_tokens\":320,\"prompt_cache_miss_tokens\":"
	     "19}}"),
	  "start\nusage 19 320 -1 83 -1\nstop end_turn stop\n" },
	{ EV("{\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":45,"
	     "\"completion_tokens\":6}}}"),
	  "start\nusage 45 -1 -1 6 -1\n" },
	{ USAGE("\"prompt_tokens\":9,\"completion_tokens\":1")
		  USAGE("\"prompt_tokens\":null,\"completion_tokens\":2")
			  EV("{\"choices\":[],\"usage\":null}"),
	  "start\nusage 9 -1 -1 1 -1\nusage 9 -1 -1 2 -1\n" },
	{ USAGE("\"prompt_tokens\":12,\"completion_tokens\":2,\"total_tokens\""
		":354,\"prompt_tokens_details\":{\"cached_tokens\":11},"
		"\"completion_tokens_details\":{\"reasoning_tokens\":340}"),
	  "start\nusage 1 11 -1 342 340\n" },
	{ USAGE("\"prompt_tokens\":-3,\"completion_tokens\":1e999"),
	  "start\nusage -1 -1 -1 -1 -1\n" },
	{ USAGE("\"prompt_tokens\":3,\"completion_tokens\":1,"
		"\"prompt_tokens_details\":{\"cached_tokens\":5}"),
	  "start\nusage 0 5 -1 1 -1\n" },
	/* errors, whatever the status */
	{ TEXT("a") EV("{\"error\":{\"message\":\"Overloaded\",\"type\":"
		       "\"server_error\",\"code\":null}}") DONE,
	  "start\ntext 0 a\nerror 500 Overloaded\n" },
	{ EV("{\"error\":{\"code\":\"server_error\",\"message\":\"gone\"},"
	     "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
	     "\"finish_reason\":\"error\"}]}"),
	  "error 500 gone\n" },
	{ EV("{\"error\":\"text\"}"), "error 500 text\n" },
	{ EV("[{\"error\":{\"code\":429,\"message\":\"slow\",\"status\":"
	     "\"RESOURCE_EXHAUSTED\"}}]"),
	  "error 429 slow\n" },
	{ EV("{\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\"}}"),
	  "error 402 m\n" },
	{ EV("{\"error\":{\"code\":\"503\",\"detail\":1}}"),
	  "error 503 503\n" },
	{ STOP("error"), "start\nerror 502 the server gave up\n" },
	{ "error: {\"code\":500,\"message\":\"boom\"}\n\n",
	  "error 500 boom\n" },
	/* what is not JSON, or no object */
	{ TEXT("a") "data: {\"choices\":[{\"del",
	  "start\ntext 0 a\nfailed 4\n" },
	{ "data: <html>502</html>\n\n", "failed 4\n" },
	{ "data: \"x\"\n\n", "failed 4\n" },
	{ "data: []\n\n", "failed 4\n" },
};

START_TEST(a_stream_gives_its_events_in_any_split)
{
	replay_check(provider_find("openai"), streams[_i].stream,
		     streams[_i].log);
}
END_TEST

START_TEST(too_many_calls_end_the_stream)
{
	struct buf b = { 0 };
	struct replay r = { 0 };
	int i;

	buf_adds(&b, "data: {\"choices\":[{\"delta\":{\"tool_calls\":[");
	for (i = 0; i < 1025; i++)
		buf_addf(&b, "%s{\"index\":%d}", i ? "," : "", i);
	buf_adds(&b, "]}}]}\n\n");
	replay(&r, provider_find("openai"), buf_span(&b), b.len, b.len);
	ck_assert_int_eq(r.err.kind, ERR_MODEL);
	replay_release(&r);
	buf_release(&b);
}
END_TEST

#define HEAD(more) "{\"model\":\"m\",\"stream\":true" more ",\"messages\":["
#define ASKED ",\"stream_options\":{\"include_usage\":true}"

static const struct {
	const char *provider;
	int64_t max_output;
	const char *script, *body;
} requests[] = {
	{ "openai", 100, "s:be|s:kind|u:hi",
	  HEAD(ASKED
	       ",\"max_completion_tokens\":100") "{\"role\":\"system\","
						 "\"content\":\"be\\n\\nkind\"}"
						 ","
						 "{\"role\":\"user\","
						 "\"content\":\"hi\"}]}" },
	{ "ollama", 100, "s:a|u:b",
	  HEAD(ASKED
	       ",\"max_tokens\":100") "{\"role\":\"system\",\"content\":\"a\"},"
				      "{\"role\":\"user\",\"content\":\"b\"}]"
				      "}" },
	{ "compatible", 0, "u:b",
	  HEAD(ASKED) "{\"role\":\"user\",\"content\":\"b\"}]}" },
	{ "mistral", 5, "u:b",
	  HEAD(",\"max_tokens\":5") "{\"role\":\"user\",\"content\":\"b\"}]}" },
	/* marks are not understood; parts become one string */
	{ "compatible", 0, "S:a|U:b|u:c|a:d|a:e|u:f",
	  HEAD(ASKED) "{\"role\":\"system\",\"content\":\"a\"},"
		      "{\"role\":\"user\",\"content\":\"b\\n\\nc\"},"
		      "{\"role\":\"assistant\",\"content\":\"de\"},"
		      "{\"role\":\"user\",\"content\":\"f\"}]}" },
	/* another provider's blocks and empty messages are left out */
	{ "compatible", 0, "s:|u:a|o:{\"type\":\"thinking\"}|u:b",
	  HEAD(ASKED) "{\"role\":\"user\",\"content\":\"a\"},"
		      "{\"role\":\"user\",\"content\":\"b\"}]}" },
	{ "compatible", 0, "u:a|c:{\"p\":1}|c:|c:{",
	  HEAD(ASKED) "{\"role\":\"user\",\"content\":\"a\"},"
		      "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":"
		      "["
		      "{\"id\":\"id\",\"type\":\"function\",\"function\":{"
		      "\"name\":\"f\","
		      "\"arguments\":\"{\\\"p\\\":1}\"}},"
		      "{\"id\":\"id\",\"type\":\"function\",\"function\":{"
		      "\"name\":\"f\","
		      "\"arguments\":\"{}\"}},"
		      "{\"id\":\"id\",\"type\":\"function\",\"function\":{"
		      "\"name\":\"f\","
		      "\"arguments\":\"{\\\"INVALID_JSON\\\":\\\"{\\\"}\"}}]}]"
		      "}" },
};

START_TEST(a_chat_becomes_this_body)
{
	request_check(requests[_i].provider, requests[_i].max_output,
		      requests[_i].script, requests[_i].body);
}
END_TEST

START_TEST(a_count_asks_for_no_reply)
{
	request_check_count("llama-server",
			    "{\"model\":\"m\",\"messages\":[{\"role\":"
			    "\"user\",\"content\":\"hi\"}]}");
}
END_TEST

Suite *openai_suite(void)
{
	Suite *s = suite_create("openai");
	TCase *tc = tcase_create("openai");

	add_rows(tc, a_stream_gives_its_events_in_any_split, streams);
	add_rows(tc, a_chat_becomes_this_body, requests);
	tcase_add_test(tc, a_count_asks_for_no_reply);
	tcase_add_test(tc, too_many_calls_end_the_stream);
	suite_add_tcase(s, tc);
	return s;
}
