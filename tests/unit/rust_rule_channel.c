#include "rule_rows.h"
#include "rust/rule.h"

static const struct hit hits[] = {
	{ "fn f() {\n let (a, b) = tokio::sync::mpsc::unbounded_channel();\n}",
	  "2", NULL },
	{ "use tokio::sync::mpsc;\nfn f() {\n"
	  " let (tx, rx) = mpsc::unbounded_channel();\n}",
	  "3", NULL },
	{ "use tokio::sync::mpsc::unbounded_channel;\nfn f() {\n"
	  " let (tx, rx) = unbounded_channel();\n}",
	  "3", NULL },
	{ "use tokio::sync::mpsc::{self, UnboundedSender};\nfn f() {\n"
	  " let (tx, rx) = mpsc::unbounded_channel::<Event>();\n}",
	  "3", NULL },
	{ "use tokio::sync::mpsc;\nfn f() {\n"
	  " let (tx, rx) = mpsc::unbounded_channel::<Vec<(u8, u8)>>();\n}",
	  "3", NULL },
	{ "use crate::sync::mpsc;\nfn f() {\n mpsc::unbounded_channel()\n}",
	  "3", NULL },
	{ "use futures::channel::mpsc;\nfn f() {\n"
	  " let (tx, rx) = mpsc::unbounded();\n}",
	  "3", NULL },
	{ "use futures_channel::mpsc;\nfn f() {\n let c = "
	  "mpsc::unbounded();\n}",
	  "3", NULL },
	{ "fn f() {\n let (tx, rx) = flume::unbounded();\n}", "2", NULL },
	{ "use flume;\nfn f() {\n let (tx, rx) = flume::unbounded::<u8>();\n}",
	  "3", NULL },
	{ "fn f() {\n let (tx, rx) = async_channel::unbounded();\n}", "2",
	  NULL },
	{ "use async_channel as chan;\nfn f() {\n let c = "
	  "chan::unbounded();\n}",
	  "3", NULL },
	{ "use crossbeam_channel::unbounded;\nfn f() {\n"
	  " let (s, r) = unbounded();\n}",
	  "3", NULL },
	{ "fn f() {\n let (s, r) = crossbeam::channel::unbounded();\n}", "2",
	  NULL },
	{ "fn f() {\n let c = kanal::unbounded_async();\n}", "2", NULL },
	{ "use std::sync::mpsc;\nasync fn f() {\n"
	  " let (tx, rx) = mpsc::channel();\n}",
	  "3", NULL },
	{ "use std::sync::mpsc::channel;\nfn f() {\n async {\n"
	  "  let (tx, rx) = channel::<u8>();\n }\n}",
	  "4", NULL },
	{ "fn f() -> Self {\n Self {\n"
	  "  queue: tokio::sync::mpsc::unbounded_channel(),\n }\n}",
	  "3", NULL },
	{ "fn f() {\n // events of the file system\n"
	  " let (tx, rx) = flume::unbounded();\n}",
	  "3", NULL },
	{ "fn f() {\n // a bounded one\n let a = b();\n"
	  " let (tx, rx) = flume::unbounded();\n}",
	  "4", NULL },
	{ "fn f() {\n let (tx, rx) = flume::unbounded();\n"
	  " let (a, b) = flume::unbounded();\n}",
	  "2 3", NULL },
	{ "static C: C = std::sync::LazyLock::new(|| flume::unbounded());", "1",
	  NULL },
};

static const struct miss misses[] = {
	{ "impl Default for MockStore { fn default() -> Self { "
	  "tokio::sync::mpsc::unbounded_channel() } }",
	  "a mock's", NULL },
	{ "fn f() { let c = tokio::sync::mpsc::channel(8); }", "has a limit",
	  NULL },
	{ "use tokio::sync::mpsc;\nfn f() { mpsc::channel(8); }", "has a limit",
	  NULL },
	{ "fn f() { flume::bounded(8); }", "has a limit", NULL },
	{ "fn f() { flume::bounded(0); }", "hands over", NULL },
	{ "use std::sync::mpsc;\nfn f() { mpsc::channel(); }",
	  "std's, between threads", NULL },
	{ "use std::sync::mpsc;\nasync fn f() { mpsc::sync_channel(8); }",
	  "has a limit", NULL },
	{ "async fn f() { channel(); }", "whose is not seen", NULL },
	{ "use tokio::sync::oneshot;\nfn f() { oneshot::channel(); }",
	  "one message", NULL },
	{ "use tokio::sync::watch;\nfn f() { watch::channel(0); }",
	  "the last message", NULL },
	{ "use tokio::sync::broadcast;\nfn f() { broadcast::channel(8); }",
	  "has a limit", NULL },
	{ "fn f() {\n // Unbounded: one message a request, and those are "
	  "limited.\n let (tx, rx) = flume::unbounded();\n}",
	  "the reason stands above", NULL },
	{ "fn f() {\n let (tx, rx) = flume::unbounded(); // bounded by N\n}",
	  "the reason stands behind", NULL },
	{ "fn f() { let c = tokio::sync::mpsc::unbounded_channel::<()>(); }",
	  "wakes, carries nothing", NULL },
	{ "fn f() { let (shutdown_tx, rx) = flume::unbounded(); }",
	  "a signal by its name", NULL },
	{ "fn f() { let (done, rx) = flume::unbounded(); }",
	  "a signal by its name", NULL },
	{ "fn f() { TimeRange::unbounded(); }", "no channel", NULL },
	{ "fn f() { Self::unbounded() }", "no channel", NULL },
	{ "fn f() { unbounded(); }", "whose is not seen", NULL },
	{ "fn f() { builder.unbounded(); }", "a method", NULL },
	{ "pub fn unbounded_channel() {}", "a definition", NULL },
	{ "use tokio::sync::mpsc::unbounded_channel;", "an import", NULL },
	{ "fn f(tx: UnboundedSender<u8>) {}", "a type", NULL },
	{ "fn f() { let make = flume::unbounded; }", "a name, not called",
	  NULL },
	{ "macro_rules! m { () => { flume::unbounded() } }",
	  "a macro's definition", NULL },
	{ "#[test]\nfn f() { flume::unbounded(); }", "a test", NULL },
};

RULE_TABLES(rule_unbounded_channel, hits, misses)

Suite *rust_rule_channel_suite(void)
{
	Suite *s = suite_create("rust_rule_channel");
	TCase *tc = tcase_create("channel");

	add_rule_rows(tc, rule_unbounded_channel, hits, misses);
	suite_add_tcase(s, tc);
	return s;
}
