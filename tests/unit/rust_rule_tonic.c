#include "rule_rows.h"
#include "rust/rule.h"

#define TONIC "use tonic::{Code, Request, Response, Status};\n"
#define FN TONIC "async fn f(&self, r: Request<K>) -> Result<V, Status> {\n"

/* Line 3 is the first of the body. */
static const struct hit status_hits[] = {
	{ FN "get(r).await.map_err(|e| Status::internal(e.to_string()))\n}",
	  "3", NULL },
	{ FN "get(r).await.map_err(|e| Status::unknown(e.to_string()))\n}", "3",
	  NULL },
	{ FN "get(r).await.map_err(|e| tonic::Status::internal(e.to_string()))"
	     "\n}",
	  "3", NULL },
	{ FN "get(r).await.map_err(|e| Status::internal(format!(\"{e}\")))\n}",
	  "3", NULL },
	{ FN
	  "get(r).await.map_err(|e| Status::internal(format!(\"{}\", e)))\n}",
	  "3", NULL },
	{ FN
	  "get(r).await.map_err(|e| Status::internal(format!(\"{e:?}\")))\n}",
	  "3", NULL },
	{ FN
	  "get(r).await.map_err(|e| Status::internal(format!(\"no: {e:?}\")))"
	  "\n}",
	  "3", NULL },
	{ FN
	  "get(r).await.map_err(|e| Status::internal(format!(\"no: {:?}\", e)))"
	  "\n}",
	  "3", NULL },
	{ FN "get(r).await.map_err(|e| {\nerror!(\"{e}\");\n"
	     "Status::internal(e.to_string())\n})\n}",
	  "5", NULL },
	{ FN "get(r).await.map_err(|e| {\nlet msg = format!(\"no: {e:?}\");\n"
	     "error!(\"{msg}\");\nStatus::internal(msg)\n})\n}",
	  "6", NULL },
	{ FN "match get(r).await {\nOk(v) => Ok(v),\n"
	     "Err(e) => Err(Status::internal(e.to_string())),\n}\n}",
	  "5", NULL },
	{ FN "match get(r).await {\nOk(v) => Ok(v),\n"
	     "Err(e) => {\nlog(&e);\n"
	     "return Err(Status::internal(e.to_string()));\n}\n}\n}",
	  "7", NULL },
	{ FN "if let Err(e) = get(r).await {\n"
	     "return Err(Status::internal(e.to_string()));\n}\n}",
	  "4", NULL },
	{ FN
	  "get(r).map_err(|e| Status::new(Code::Internal, e.to_string()))\n}",
	  "3", NULL },
	{ FN "get(r).map_err(|e| tonic::Status::new(tonic::Code::Unknown, "
	     "e.to_string()))\n}",
	  "3", NULL },
	{ FN "get(r).or_else(|e| Err(Status::internal(e.to_string())))\n}", "3",
	  NULL },
	{ FN "get(r).map_err(move |e| Status::internal(e.to_string()))\n}", "3",
	  NULL },
	{ FN
	  "get(r).map_err(|e: StoreError| Status::internal(e.to_string()))\n}",
	  "3", NULL },
	{ FN "tx.send(Err(match get(r) {\nOk(_) => return,\n"
	     "Err(err) => Status::internal(err.to_string()) }));\n}",
	  "5", NULL },
	{ FN "spawn(r).await.map_err(|e| Status::internal(\"task\"))?\n"
	     ".map_err(|e| Status::internal(e.to_string()))\n}",
	  "4", NULL },
	{ FN "get(r).map_err(|e| Status::internal(format!(\"{}\", "
	     "e.to_string()),))\n}",
	  "3", NULL },
	{ FN "get(r).map_err(|e| { let text = e.to_string();\n"
	     "Status::internal(text.clone()) })\n}",
	  "4", NULL },
	{ FN "serde_json::from_slice(&r).map_err(|e| "
	     "Status::internal(e.to_string()))\n}",
	  "3", NULL },
};

static const struct miss status_misses[] = {
	{ FN "get(r).map_err(|e| Status::not_found(e.to_string()))\n}",
	  "has a code that says something", NULL },
	{ FN
	  "get(r).map_err(|e| { error!(\"{e}\"); Status::internal(\"store\") })"
	  "\n}",
	  "a sentence of its own", NULL },
	{ FN "get(r).map_err(|_| Status::internal(\"store\"))\n}",
	  "the error is not sent", NULL },
	{ FN
	  "get(r).map_err(|e| Status::internal(format!(\"no item: {e}\")))\n}",
	  "has words of its own", NULL },
	{ FN "get(r).ok_or_else(|| Status::internal(\"no item\"))\n}",
	  "no error", NULL },
	{ FN
	  "get(r).map_err(|e| match e {\nE::Gone => Status::not_found(\"x\"),\n"
	  "e => Status::internal(e.to_string()) })\n}",
	  "a match tells them apart", NULL },
	{ FN "match get(r) { Ok(v) => Ok(v),\n"
	     "Err(E::Gone) => Err(Status::not_found(\"x\")),\n"
	     "Err(e) => Err(Status::internal(e.to_string())) }\n}",
	  "an arm beside it tells one apart", NULL },
	{ FN "match get(r) { Ok(v) => Ok(v),\n"
	     "Err(e) => Err(match e { E::Gone => Status::not_found(\"x\"),\n"
	     "_ => Status::internal(e.to_string()) }) }\n}",
	  "a match tells them apart", NULL },
	{ FN
	  "tokio::spawn(f).await.map_err(|e| Status::internal(e.to_string()))"
	  "\n}",
	  "a task that panicked: nobody else's fault", NULL },
	{ FN
	  "self.tx.send(r).await.map_err(|e| Status::internal(e.to_string()))"
	  "\n}",
	  "a closed channel: nobody else's fault", NULL },
	{ FN
	  "serde_json::to_vec(&v).map_err(|e| Status::internal(e.to_string()))"
	  "\n}",
	  "its own value cannot be encoded", NULL },
	{ FN "match serde_json::to_string(&v) { Ok(s) => s,\n"
	     "Err(e) => return Err(Status::internal(e.to_string())) }\n}",
	  "its own value cannot be encoded", NULL },
	{ "use http::Status;\nfn f() { get().map_err(|e| "
	  "Status::internal(e.to_string())) }",
	  "tonic is not named", NULL },
	{ FN "get(r).map_err(|e| Error::internal(e.to_string()))\n}",
	  "another type", NULL },
	{ FN
	  "get(r).map_err(|e| Status::new(Code::NotFound, e.to_string()))\n}",
	  "has a code that says something", NULL },
	{ FN "Err(Status::internal(r.name.to_string()))\n}",
	  "not an error's text", NULL },
	{ FN "get(r).map_err(|e| Status::internal(r.to_string()))\n}",
	  "not the error's text", NULL },
	{ FN "get(r).map_err(|e| Status::internal(e.code().to_string()))\n}",
	  "its code, chosen", NULL },
	{ FN "get(r).map_err(Status::from_error)\n}", "tonic's own mapping",
	  NULL },
	{ "// @generated by prost-build\n" FN
	  "get(r).map_err(|e| Status::internal(e.to_string()))\n}",
	  "generated", NULL },
	{ FN "get(r).map_err(|e| Status::internal(e.to_string()))\n}", "a test",
	  "tests/a.rs" },
	{ FN "match get(r) { Ok(v) => Err(Status::internal(v.to_string())), "
	     "Err(_) => ok() }\n}",
	  "the value, not the error", NULL },
	{ TONIC "macro_rules! m { ($r:expr) => { $r.map_err(|e| "
		"Status::internal(e.to_string())) } }",
	  "a macro's definition", NULL },
};

RULE_TABLES(rule_tonic_internal_error, status_hits, status_misses)

#define STREAM                                                            \
	"use tokio_stream::wrappers::*;\nuse tonic::{Request, Response, " \
	"Status};\n"
#define WATCH                                             \
	STREAM "async fn watch(&self, r: Request<F>) -> " \
	       "Result<Response<Self::S>, Status> {\n"

/* Line 4 is the first of the body. */
static const struct hit stream_hits[] = {
	{ WATCH "let (tx, rx) = mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ WATCH "let (tx, mut rx) = mpsc::unbounded_channel();\nwork(tx);\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ WATCH "let (tx, rx) =\n    tokio::sync::mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "5", NULL },
	{ WATCH "let (tx, rx) = mpsc::unbounded_channel::<Event>();\n"
		"let out = UnboundedReceiverStream::new(rx).map(Ok);\n"
		"Ok(Response::new(Box::pin(out)))\n}",
	  "4", NULL },
	{ WATCH "let rx = self.bus.subscribe();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "5", NULL },
	{ WATCH "Ok(Response::new(UnboundedReceiverStream::new("
		"self.bus.subscribe())))\n}",
	  "4", NULL },
	{ WATCH "let (tx, rx) = unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ WATCH "let (tx, rx) = mpsc::unbounded_channel();\n"
		"Ok(Response::new(Box::pin(tokio_stream::wrappers::"
		"UnboundedReceiverStream::new(rx)) as Self::S))\n}",
	  "4", NULL },
	{ STREAM
	  "async fn w(&self, r: Request<F>) -> tonic::Result<tonic::"
	  "Response<Self::S>> {\nlet (tx, rx) = mpsc::unbounded_channel()"
	  ";\nOk(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ STREAM "fn events() -> Result<EventStream, Status> {\n"
		 "let (tx, rx) = mpsc::unbounded_channel();\n"
		 "Ok(Box::pin(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ STREAM "fn events(&self) -> impl Stream<Item = Result<E, Status>> {\n"
		 "let (tx, rx) = mpsc::unbounded_channel();\n"
		 "UnboundedReceiverStream::new(rx)\n}",
	  "4", NULL },
	{ STREAM "fn events(&self) -> Self::EventsStream {\n"
		 "let (tx, rx) = mpsc::unbounded_channel();\n"
		 "UnboundedReceiverStream::new(rx)\n}",
	  "4", NULL },
	{ WATCH "let out = {\nlet (tx, rx) = mpsc::unbounded_channel();\n"
		"spawn(tx);\nUnboundedReceiverStream::new(rx)\n};\n"
		"Ok(Response::new(out))\n}",
	  "5", NULL },
	{ WATCH "let (a, b) = pair();\n"
		"let (tx, rx) = mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "5", NULL },
	{ WATCH "Box::pin(async move {\n"
		"let (tx, rx) = mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n})\n}",
	  "5", NULL },
	{ WATCH "let (tx, rx) = mpsc::unbounded_channel();\n"
		"if r.all {\nreturn Ok(Response::new(UnboundedReceiverStream::"
		"new(rx)));\n}\nnone()\n}",
	  "4", NULL },
	{ WATCH "let (tx, rx) = futures::channel::mpsc::unbounded();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", NULL },
	{ WATCH "let Some(rx) = self.take() else { return Err(none()) };\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "5", NULL },
	{ WATCH "let (tx, rx) = mpsc::unbounded_channel();\n"
		"let s = UnboundedReceiverStream::new(rx).chunks(500);\n"
		"Ok(Response::new(s))\n}",
	  "4", NULL },
	{ "use tonic::*;\nasync fn w(&self) -> Result<Response<S>, Status> {\n"
	  "let (tx, rx) = mpsc::unbounded_channel();\n"
	  "Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "3", NULL },
};

static const struct miss stream_misses[] = {
	{ WATCH "let (tx, rx) = mpsc::channel(64);\n"
		"Ok(Response::new(ReceiverStream::new(rx)))\n}",
	  "bounded", NULL },
	{ WATCH "let (tx, rx) = broadcast::channel(64);\n"
		"Ok(Response::new(BroadcastStream::new(rx)))\n}",
	  "bounded", NULL },
	{ "use warp::Filter;\nfn f() -> impl Stream {\n"
	  "UnboundedReceiverStream::new(rx)\n}",
	  "tonic is not named", NULL },
	{ STREAM "type S = UnboundedReceiverStream<Result<E, Status>>;",
	  "a type", NULL },
	{ STREAM "struct W { s: UnboundedReceiverStream<E> }", "a field",
	  NULL },
	{ STREAM "async fn call(c: &mut Client) {\n"
		 "let (tx, rx) = mpsc::unbounded_channel();\n"
		 "c.chat(UnboundedReceiverStream::new(rx)).await;\n}",
	  "a client's own requests", NULL },
	{ STREAM
	  "async fn pump() {\nlet mut s = UnboundedReceiverStream::new(rx);"
	  "\nwhile let Some(e) = s.next().await {}\n}",
	  "read here, not sent", NULL },
	{ STREAM "fn f() { let (tx, rx) = mpsc::unbounded_channel(); }",
	  "no stream: another rule asks about the channel", NULL },
	{ WATCH "let s = ReceiverStream::new(rx);\nOk(Response::new(s))\n}",
	  "another stream", NULL },
	{ WATCH "let s = UnboundedReceiverStream::from(rx);\nnone()\n}",
	  "another constructor", NULL },
	{ WATCH "let s = self.streams.unbounded();\nnone()\n}", "another name",
	  NULL },
	{ STREAM "#[cfg(test)]\nmod t { fn f() -> Response<S> { "
		 "Response::new(UnboundedReceiverStream::new(rx)) } }",
	  "a test", NULL },
	{ WATCH "Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "an example", "examples/a.rs" },
	{ WATCH "Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "a benchmark", "benches/a.rs" },
	{ STREAM "macro_rules! w { () => { fn f() -> Response<S> { "
		 "Response::new(UnboundedReceiverStream::new(rx)) } } }",
	  "a macro's definition", NULL },
	{ STREAM "// Response::new(UnboundedReceiverStream::new(rx))",
	  "a comment", NULL },
	{ STREAM "const S: &str = \"UnboundedReceiverStream::new(rx)\";",
	  "a string", NULL },
	{ STREAM "use tokio_stream::wrappers::UnboundedReceiverStream;",
	  "an import", NULL },
	{ STREAM "fn f(s: UnboundedReceiverStream<E>) -> Response<S> { g(s) }",
	  "made elsewhere", NULL },
	{ STREAM "impl UnboundedReceiverStream { fn new(rx: R) -> Self {} }",
	  "its definition", NULL },
	{ "// @generated\n" WATCH
	  "Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "generated", NULL },
};

RULE_TABLES(rule_tonic_unbounded_stream, stream_hits, stream_misses)

/* The channel of a response stream is said once, by the rule that knows more.
 */
static const struct {
	const char *src, *stream, *channel;
} shared[] = {
	{ WATCH "let (tx, rx) = tokio::sync::mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "4", "" },
	{ WATCH "let (tx, rx) = tokio::sync::mpsc::unbounded_channel();\n"
		"work(rx);\nnone()\n}",
	  "", "4" },
	{ WATCH "let (a, b) = tokio::sync::mpsc::unbounded_channel();\n"
		"let (tx, rx) = tokio::sync::mpsc::unbounded_channel();\n"
		"Ok(Response::new(UnboundedReceiverStream::new(rx)))\n}",
	  "5", "4" },
};

START_TEST(a_streams_channel_is_said_once)
{
	struct rule_try t;

	rule_try(&t, NULL, NULL, shared[_i].src, LINE_ADDED);
	ck_assert_str_eq(rule_lines(&t, &rule_tonic_unbounded_stream),
			 shared[_i].stream);
	ck_assert_str_eq(rule_lines(&t, &rule_unbounded_channel),
			 shared[_i].channel);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_tonic_suite(void)
{
	Suite *s = suite_create("rust_rule_tonic");
	TCase *tc = tcase_create("tonic");

	add_rule_rows(tc, rule_tonic_internal_error, status_hits,
		      status_misses);
	add_rule_rows(tc, rule_tonic_unbounded_stream, stream_hits,
		      stream_misses);
	add_rows(tc, a_streams_channel_is_said_once, shared);
	suite_add_tcase(s, tc);
	return s;
}
