/* Snippets for the rule on tracing's entered spans: see guard_snippets.h. */
#ifndef SPAN_SNIPPETS_H
#define SPAN_SNIPPETS_H

#include "rule_rows.h"

#define SPAN_USE "use tracing::{info_span, Instrument};\n"

static const struct hit span_hits[] = {
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let _enter = span.enter();\nh().await;\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\nlet _span = info_span!(\"f\").entered();\n"
		   "h().await;\n}",
	  "3", NULL },
	{ "async fn f() {\nlet s = tracing::span!(tracing::Level::INFO, \"f\");"
	  "\nlet _g = s.clone().entered();\nh().await;\n}",
	  "3", NULL },
	{ "async fn f() {\n"
	  "let _g = tracing::debug_span!(\"f\", n = 1).entered();\nh().await;\n"
	  "}",
	  "2", NULL },
	{ "async fn f() {\nlet span = tracing::Span::current();\n"
	  "let _g = span.enter();\nh().await;\n}",
	  "3", NULL },
	{ "use tracing::Span;\nstruct S { span: Span }\nimpl S {\n"
	  "async fn f(&self) {\nlet _g = self.span.enter();\nh().await;\n}\n}",
	  "5", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let guard = span.enter();\nh().await;\ndrop(guard);\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\nif yes() {\n"
		   "let _g = span.enter();\nh().await;\n}\n}",
	  "5", NULL },
	{ SPAN_USE "fn f() -> impl std::future::Future<Output = ()> {\n"
		   "async move {\nlet _g = info_span!(\"f\").entered();\n"
		   "h().await;\n}\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\nfor n in 0..3 {\n"
		   "let span = info_span!(\"item\", n);\n"
		   "let _g = span.enter();\ntake(n).await;\n}\n}",
	  "5", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let _g = span.enter();\ntokio::select! {\n_ = h() => {}\n"
		   "_ = take(1) => {}\n}\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let _g = span.enter();\ntokio::join!(h(), take(1));\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() -> Result<u32, String> {\n"
		   "let request_span = info_span!(\"f\");\n"
		   "let _g = request_span.enter();\nlet n = ok().await?;\n"
		   "Ok(n)\n}\nasync fn ok() -> Result<u32, String> { Ok(1) }",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\nlet g = info_span!(\"f\").entered();\n"
		   "if yes() {\ng.exit();\nreturn;\n}\nh().await;\n}",
	  "3", NULL },
	{ SPAN_USE "async fn f() {\nh().await;\n"
		   "let _g = info_span!(\"f\").entered();\nh().await;\n}",
	  "4", NULL },
	{ SPAN_USE "async fn f() {\n"
		   "let _g = info_span!(\"f\").or_current().entered();\n"
		   "h().await;\n}",
	  "3", NULL },
	{ "use tracing::{span, Level};\nasync fn f() {\n"
	  "let my_span = span!(Level::INFO, \"f\");\n"
	  "let _enter = my_span.enter();\nlet n = take(1).await;\nuse_it(&n);\n"
	  "}",
	  "4", NULL },
	{ "use tracing::error_span;\nasync fn f(n: u32) {\nmatch n {\n0 => {\n"
	  "let _g = error_span!(\"zero\").entered();\nh().await;\n}\n_ => {}\n"
	  "}\n}",
	  "5", NULL },
	{ SPAN_USE "async fn f() {\nlet _outer = info_span!(\"a\").entered();\n"
		   "{\nlet _inner = info_span!(\"b\").entered();\n}\n"
		   "h().await;\n}",
	  "3", NULL },
	{ SPAN_USE "async fn f() {\nlet _g = info_span!(\"f\").entered();\n"
		   "take(take(1).await).await;\n}",
	  "3", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let _ = {\nlet _g = span.enter();\ntake(1).await\n};\n}",
	  "5", NULL },
};

static const struct miss span_misses[] = {
	{ SPAN_USE "async fn f() {\nh().instrument(info_span!(\"f\")).await;\n"
		   "}",
	  "instrumented", NULL },
	{ SPAN_USE "async fn f() {\ninfo_span!(\"f\").in_scope(|| use_it(&1));"
		   "\nh().await;\n}",
	  "in_scope ends before", NULL },
	{ "#[tracing::instrument]\nasync fn f() {\nh().await;\n}",
	  "the attribute does it right", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n{\n"
		   "let _g = span.enter();\nuse_it(&1);\n}\nh().await;\n}",
	  "left before", NULL },
	{ SPAN_USE "async fn f() {\nlet g = info_span!(\"f\").entered();\n"
		   "drop(g);\nh().await;\n}",
	  "dropped before", NULL },
	{ SPAN_USE "async fn f() {\nlet g = info_span!(\"f\").entered();\n"
		   "g.exit();\nh().await;\n}",
	  "left before", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let _ = span.enter();\nh().await;\n}",
	  "`_` binds nothing", NULL },
	{ SPAN_USE "async fn f() {\nh().await;\n"
		   "let _g = info_span!(\"f\").entered();\nuse_it(&1);\n}",
	  "waits before", NULL },
	{ SPAN_USE "fn f() {\nlet _g = info_span!(\"f\").entered();\n"
		   "use_it(&1);\n}\nasync fn k() { h().await }",
	  "not async", NULL },
	{ SPAN_USE "fn f(rt: &tokio::runtime::Runtime) {\n"
		   "let _g = info_span!(\"f\").entered();\n"
		   "rt.block_on(async { h().await });\n}",
	  "the thread waits, and nothing else runs on it", NULL },
	{ SPAN_USE "fn f() -> tokio::task::JoinHandle<()> {\n"
		   "let _g = info_span!(\"f\").entered();\n"
		   "tokio::spawn(async { h().await })\n}",
	  "another task waits", NULL },
	{ "use tracing::info;\nasync fn f(handle: tokio::runtime::Handle) {\n"
	  "let _g = handle.enter();\nuse_it(&1);\ndrop(_g);\ninfo!(\"x\");\n"
	  "h().await;\n}",
	  "a runtime's guard", NULL },
	{ "use tracing::info;\n"
	  "async fn f(runtime: &tokio::runtime::Runtime) {\n"
	  "let guard = runtime.enter();\ninfo!(\"x\");\nh().await;\n"
	  "drop(guard);\n}",
	  "a runtime's guard", NULL },
	{ "struct Room;\nimpl Room {\nfn enter(&self) -> u32 { 1 }\n}\n"
	  "async fn f(span: Room) {\nlet g = span.enter();\nh().await;\n"
	  "use_it(&g);\n}",
	  "no tracing in the file", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "async { h().await }.instrument(span).await;\n}",
	  "instrumented", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let run = || {\nlet _g = span.enter();\nuse_it(&1);\n};\n"
		   "run();\nh().await;\n}",
	  "lives in a closure", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "let n = span.in_scope(|| 1);\ntake(n).await;\n}",
	  "in_scope ends before", NULL },
	{ SPAN_USE "async fn f() {\nlet span = info_span!(\"f\");\n"
		   "span.record(\"n\", 1);\nh().instrument(span).await;\n}",
	  "never entered", NULL },
	{ SPAN_USE "async fn f() {\nif yes() {\n"
		   "let _g = info_span!(\"f\").entered();\nuse_it(&1);\n}\n"
		   "h().await;\n}",
	  "left with the if", NULL },
	{ "async fn f() {\ntracing::info!(span = 1, \"enter\");\nh().await;\n}",
	  "an event", NULL },
	{ SPAN_USE "async fn f() {\nlet later = async { h().await };\n"
		   "let g = info_span!(\"f\").entered();\ndrop(g);\n"
		   "later.await;\n}",
	  "dropped before", NULL },
};

#endif
