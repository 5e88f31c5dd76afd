/*
 * Snippets for the rules on guards across `.await`, each a whole module: the
 * unit tests judge them by their tables, tests/bench/clippy-await.sh by what
 * clippy says. `h()`, `take(x)`, `yes()` and `use_it(&x)` are given there.
 */
#ifndef GUARD_SNIPPETS_H
#define GUARD_SNIPPETS_H

#include "rule_rows.h"

#define STD "use std::sync::{Arc, Condvar, Mutex, RwLock};\n"
#define LOT "use parking_lot::{Mutex, RwLock};\n"
#define TOKIO "use tokio::sync::{Mutex, RwLock};\n"
#define CELL "use std::cell::{Cell, RefCell};\nuse std::rc::Rc;\n"
#define FN "async fn f(m: &Mutex<Vec<u32>>) {\n"
#define FN_RW "async fn f(m: &RwLock<Vec<u32>>) {\n"
#define FN_CELL "async fn f(c: &RefCell<Vec<u32>>) {\n"

/* The first line of a fn's body behind STD, LOT or TOKIO and FN is 3, behind
 * CELL 4. */
static const struct hit lock_hits[] = {
	/* bound by a let */
	{ STD FN "let g = m.lock().unwrap();\nh().await;\nuse_it(&g);\n}", "3",
	  NULL },
	{ STD FN "let g = m.lock().unwrap();\nuse_it(&g);\nh().await;\n}", "3",
	  NULL },
	{ STD FN "let _guard = m.lock().unwrap();\nh().await;\n}", "3", NULL },
	{ STD FN "let mut g = m.lock().expect(\"poisoned\");\ng.push(1);\n"
		 "h().await;\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap_or_else(|e| e.into_inner());\n"
		 "h().await;\nuse_it(&g);\n}",
	  "3", NULL },
	{ STD FN "let g = m\n.lock()\n.unwrap_or_else(std::sync::PoisonError::"
		 "into_inner);\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	{ STD FN_RW "let g = m.read().unwrap();\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	{ STD FN_RW "let mut g = m.write().unwrap();\nh().await;\n"
		    "g.push(1);\n}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<u32>) -> Result<u32, String> {\n"
	      "let g = m.lock().map_err(|e| e.to_string())?;\nh().await;\n"
	      "Ok(*g)\n}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<u32>) -> Option<u32> {\n"
	      "let g = m.lock().ok()?;\nh().await;\nSome(*g)\n}",
	  "3", NULL },
	{ LOT FN "let g = m.lock();\nh().await;\nuse_it(&g);\n}", "3", NULL },
	{ LOT FN_RW "let g = m.read();\nh().await;\nuse_it(&g);\n}", "3",
	  NULL },
	{ LOT FN_RW "let mut g = m.write();\ng.push(take(1).await);\n}", "3",
	  NULL },
	{ LOT FN_RW "let g = m.upgradable_read();\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	{ "use std::sync::Mutex as Sync;\nasync fn f(m: &Sync<u32>) {\n"
	  "let g = m.lock().unwrap();\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	{ STD FN "let g = Mutex::lock(m).unwrap();\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	/* in patterns */
	{ STD FN "let Ok(g) = m.lock() else { return };\nh().await;\n"
		 "use_it(&g);\n}",
	  "3", NULL },
	{ STD FN "if let Ok(mut g) = m.lock() {\nh().await;\ng.push(1);\n}\n}",
	  "3", NULL },
	{ STD FN "if let Ok(g) = m.try_lock() {\nh().await;\nuse_it(&g);\n}\n}",
	  "3", NULL },
	{ LOT FN "if let Some(g) = m.try_lock() {\nh().await;\nuse_it(&g);\n}"
		 "\n}",
	  "3", NULL },
	{ STD FN "match m.lock() {\nOk(g) => {\nh().await;\nuse_it(&g);\n}\n"
		 "Err(_) => {}\n}\n}",
	  "4", NULL },
	{ STD FN "let g = match m.lock() {\nOk(g) => g,\n"
		 "Err(e) => e.into_inner(),\n};\nh().await;\nuse_it(&g);\n}",
	  "3", NULL },
	/* temporaries */
	{ STD FN "match m.lock().unwrap().first() {\nSome(_) => h().await,\n"
		 "None => {}\n}\n}",
	  "3", NULL },
	{ STD FN "if let Some(n) = m.lock().unwrap().pop() {\ntake(n).await;\n"
		 "}\n}",
	  "3", NULL },
	{ STD FN "while let Some(n) = m.lock().unwrap().pop() {\n"
		 "take(n).await;\n}\n}",
	  "3", NULL },
	{ STD FN "for n in m.lock().unwrap().iter() {\ntake(*n).await;\n}\n}",
	  "3", NULL },
	{ STD FN "take(m.lock().unwrap().len()).await;\n}", "3", NULL },
	{ STD FN "let n = take(m.lock().unwrap().len()).await;\nuse_it(&n);\n}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<u32>) {\ntake(*m.lock().unwrap()).await;\n"
	      "}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<u32>) -> u32 {\n"
	      "both(*m.lock().unwrap(), take(1).await)\n}\n"
	      "fn both(a: u32, b: u32) -> u32 { a + b }",
	  "3", NULL },
	{ STD FN "m.lock().unwrap().push(take(1).await);\n}", "3", NULL },
	{ LOT FN "m.lock().push(take(1).await);\n}", "3", NULL },
	{ STD FN "let n = &*m.lock().unwrap();\nh().await;\nuse_it(&n);\n}",
	  "3", NULL },
	/* ways through the fn */
	{ STD FN "let g = m.lock().unwrap();\nif yes() {\ndrop(g);\nreturn;\n}"
		 "\nh().await;\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\nif yes() {\ndrop(g);\n} else {\n"
		 "h().await;\n}\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\nif yes() {\ndrop(g);\n}\n"
		 "h().await;\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\nmatch g.len() {\n0 => drop(g),\n"
		 "1 => h().await,\n_ => {}\n}\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\nfor _ in 0..3 {\nh().await;\n}\n"
		 "use_it(&g);\n}",
	  "3", NULL },
	{ STD FN "loop {\nlet g = m.lock().unwrap();\nif g.is_empty() {\n"
		 "break;\n}\nh().await;\n}\n}",
	  "4", NULL },
	{ STD FN "let mut g = m.lock().unwrap();\ndrop(g);\nh().await;\n"
		 "g = m.lock().unwrap();\ng.push(1);\nh().await;\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\nlet other = g;\nh().await;\n"
		 "use_it(&other);\n}",
	  "4", NULL },
	{ STD FN "let g = m.lock().unwrap();\nlet g = g.len();\nh().await;\n"
		 "use_it(&g);\n}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<bool>, c: &Condvar) {\n"
	      "let mut g = m.lock().unwrap();\nwhile !*g {\n"
	      "g = c.wait(g).unwrap();\n}\nh().await;\n}",
	  "3", NULL },
	{ STD "async fn f(m: &Mutex<bool>, c: &Condvar) {\n"
	      "let g = m.lock().unwrap();\n"
	      "let g = c.wait(g).unwrap();\nh().await;\nuse_it(&g);\n}",
	  "4", NULL },
	/* bodies */
	{ STD "fn f(m: &Mutex<u32>) -> impl std::future::Future<Output = ()> + "
	      "'_ {\nasync move {\nlet g = m.lock().unwrap();\nh().await;\n"
	      "use_it(&g);\n}\n}",
	  "4", NULL },
	{ STD FN "let g = m.lock().unwrap();\nasync { h().await }.await;\n"
		 "use_it(&g);\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\ntokio::select! {\n"
		 "_ = h() => {}\n_ = take(1) => {}\n}\nuse_it(&g);\n}",
	  "3", NULL },
	{ STD FN "let g = m.lock().unwrap();\ntokio::join!(h(), take(1));\n"
		 "use_it(&g);\n}",
	  "3", NULL },
	{ STD FN "tokio::select! {\n_ = h() => {\n"
		 "let g = m.lock().unwrap();\nh().await;\nuse_it(&g);\n}\n}\n}",
	  "5", NULL },
	{ STD "async fn f(m: std::sync::MutexGuard<'_, u32>) {\nh().await;\n"
	      "use_it(&m);\n}",
	  "2", NULL },
	/* given by a helper of the file, by a guard's own function */
	{ "use std::sync::{Mutex, MutexGuard};\nstruct S { m: Mutex<u32> }\n"
	  "impl S {\nfn state(&self) -> MutexGuard<'_, u32> {\n"
	  "self.m.lock().unwrap()\n}\nasync fn f(&self) {\n"
	  "let g = self.state();\nh().await;\nuse_it(&g);\n}\n}",
	  "8", NULL },
	{ "use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};\n"
	  "async fn f(m: &Mutex<(u32, u32)>) {\n"
	  "let g: MappedMutexGuard<'_, u32> =\n"
	  "MutexGuard::map(m.lock(), |p| &mut p.0);\nh().await;\nuse_it(&g);\n"
	  "}",
	  "3", NULL },
	/* a file with locks of two families: the receiver's own type */
	{ "use parking_lot::RwLock;\nstruct S { t: Arc<RwLock<u32>>, u: "
	  "tokio::sync::RwLock<u32> }\nasync fn f(s: &S) {\n"
	  "let g = s.t.read();\nh().await;\nuse_it(&g);\n}",
	  "4", NULL },
	{ "use tokio::sync::Mutex;\nstruct S(Mutex<u32>);\nstatic T: "
	  "std::sync::LazyLock<parking_lot::Mutex<u32>> = "
	  "std::sync::LazyLock::new(Default::default);\nasync fn f() {\n"
	  "let g = T.lock();\nh().await;\nuse_it(&g);\n}",
	  "5", NULL },
};

static const struct miss lock_misses[] = {
	{ STD FN "{\nlet g = m.lock().unwrap();\nuse_it(&g);\n}\nh().await;\n}",
	  "the guard's block ends before", NULL },
	{ STD FN "let g = m.lock().unwrap();\nuse_it(&g);\ndrop(g);\n"
		 "h().await;\n}",
	  "dropped before", NULL },
	{ STD FN
	  "let g = m.lock().unwrap();\nstd::mem::drop(g);\nh().await;\n}",
	  "dropped before", NULL },
	{ STD FN "let n = m.lock().unwrap().len();\ntake(n).await;\n}",
	  "the temporary dies at its statement's end", NULL },
	{ STD FN "let first = { m.lock().unwrap().first().copied() };\n"
		 "take(first).await;\n}",
	  "dies in its block", NULL },
	{ STD FN "let v = m.lock().unwrap().clone();\ntake(v).await;\n}",
	  "a copy", NULL },
	{ STD "async fn f(m: &Mutex<u32>) {\n*m.lock().unwrap() = "
	      "take(1).await;\n}",
	  "the right side is evaluated first", NULL },
	{ STD "async fn f(m: &Mutex<u32>) {\nlet n = take(1).await;\n"
	      "*m.lock().unwrap() += n;\n}",
	  "waits before it locks", NULL },
	{ STD FN "h().await;\nlet g = m.lock().unwrap();\nuse_it(&g);\n}",
	  "waits before it locks", NULL },
	{ STD FN "let _ = m.lock().unwrap();\nh().await;\n}",
	  "`_` binds nothing", NULL },
	{ STD FN "if m.lock().unwrap().is_empty() {\nh().await;\n}\n}",
	  "a condition's temporaries die before the body", NULL },
	{ STD FN "while m.lock().unwrap().len() > 1 {\nh().await;\n}\n}",
	  "a condition's temporaries die before the body", NULL },
	{ STD FN "if m.lock().unwrap().is_empty() && take(1).await == 1 {}\n}",
	  "an operand's temporaries die before the next", NULL },
	{ STD FN "let n = m.lock().unwrap().pop();\nif let Some(n) = n {\n"
		 "take(n).await;\n}\n}",
	  "taken out before the body", NULL },
	{ STD FN "let v: Vec<u32> = m.lock().unwrap().drain(..).collect();\n"
		 "for n in v {\ntake(n).await;\n}\n}",
	  "taken out before the loop", NULL },
	{ STD FN "let n = match m.lock() {\nOk(g) => g.len(),\n"
		 "Err(_) => return,\n};\ntake(n).await;\n}",
	  "lives in an arm", NULL },
	{ STD FN "match m.lock() {\nOk(g) => use_it(&g),\n"
		 "Err(_) => return,\n}\nh().await;\n}",
	  "dies with the match", NULL },
	{ STD FN "if let Ok(g) = m.lock() {\nuse_it(&g);\n}\nh().await;\n}",
	  "dies with the if let", NULL },
	{ STD FN "let g = m.lock().unwrap();\nif g.is_empty() {\ndrop(g);\n"
		 "h().await;\nreturn;\n}\nuse_it(&g);\n}",
	  "dropped on the way that waits", NULL },
	{ STD FN "let g = m.lock().unwrap();\nif g.is_empty() {\ndrop(g);\n"
		 "} else {\nuse_it(&g);\ndrop(g);\n}\nh().await;\n}",
	  "dropped on every way", NULL },
	{ STD FN "let g = m.lock().unwrap();\nmatch g.len() {\n"
		 "0 => drop(g),\n_ => {\nuse_it(&g);\ndrop(g);\n}\n}\n"
		 "h().await;\n}",
	  "dropped in every arm", NULL },
	{ STD FN "let g = m.lock().unwrap();\nif g.is_empty() {\nreturn;\n}\n"
		 "drop(g);\nh().await;\n}",
	  "dropped, an early return aside", NULL },
	{ STD FN "loop {\nlet g = m.lock().unwrap();\nif g.is_empty() {\n"
		 "drop(g);\nh().await;\ncontinue;\n}\nbreak;\n}\n}",
	  "dropped on the way that waits", NULL },
	{ STD FN "loop {\nlet g = m.lock().unwrap();\nif !g.is_empty() {\n"
		 "break;\n}\n}\nh().await;\n}",
	  "dies with the loop's body", NULL },
	{ STD FN "let g = m.lock().unwrap();\nkeep(g);\nh().await;\n}\n"
		 "fn keep<T>(_: T) {}",
	  "moved away", NULL },
	{ STD FN "let g = m.lock().unwrap();\nlet other = g;\ndrop(other);\n"
		 "h().await;\n}",
	  "dropped under another name", NULL },
	{ STD FN "let get = || m.lock().unwrap().len();\ntake(get()).await;\n}",
	  "lives in a closure", NULL },
	{ STD "fn f(m: Arc<Mutex<u32>>) -> tokio::task::JoinHandle<()> {\n"
	      "let g = m.lock().unwrap();\n"
	      "let t = tokio::spawn(async { h().await });\n"
	      "use_it(&g);\nt\n}",
	  "another task waits", NULL },
	{ STD FN
	  "let g = m.lock().unwrap();\nlet later = async { h().await };\n"
	  "use_it(&g);\ndrop(g);\nlater.await;\n}",
	  "the block is awaited later", NULL },
	{ STD FN "tokio::task::block_in_place(|| {\n"
		 "let g = m.lock().unwrap();\nuse_it(&g);\n});\nh().await;\n}",
	  "lives in a closure", NULL },
	{ TOKIO FN "let g = m.lock().await;\nh().await;\nuse_it(&g);\n}",
	  "tokio's lock may be held", NULL },
	{ TOKIO FN_RW "let g = m.read().await;\nh().await;\nuse_it(&g);\n}",
	  "tokio's lock may be held", NULL },
	{ TOKIO FN "let g = m.try_lock().unwrap();\nh().await;\nuse_it(&g);\n}",
	  "tokio's try_lock gives a Result too", NULL },
	{ TOKIO FN "let wait = m.lock();\nh().await;\nlet g = wait.await;\n"
		   "use_it(&g);\n}",
	  "a future, awaited later", NULL },
	{ "use futures::lock::Mutex;\n" FN "let g = m.lock().await;\n"
	  "h().await;\nuse_it(&g);\n}",
	  "futures' lock may be held", NULL },
	{ "use parking_lot::RwLock;\nuse tokio::sync::Mutex;\n" FN
	  "let wait = m.lock();\nh().await;\nlet g = wait.await;\nuse_it(&g);\n"
	  "}\nfn g(m: &RwLock<u32>) -> u32 { *m.read() }",
	  "parking_lot's RwLock is named, but its Mutex is not", NULL },
	{ "struct Door;\nimpl Door {\nfn lock(&self) -> u32 { 1 }\n}\n"
	  "async fn f(d: &Door) {\nlet g = d.lock();\nh().await;\nuse_it(&g);\n"
	  "}",
	  "nothing says that it is a lock", NULL },
	{ "use parking_lot::Mutex;\nuse std::io::Write;\n" FN
	  "let mut out = std::io::stdout().lock();\nout.flush().ok();\n"
	  "drop(out);\nuse_it(m);\nh().await;\n}",
	  "a standard stream's lock", NULL },
	{ "use parking_lot::Mutex;\nuse std::io::Write;\n" FN
	  "let mut out = std::io::stdout().lock();\nh().await;\n"
	  "out.flush().ok();\nuse_it(m);\n}",
	  "a standard stream's lock", NULL },
	{ STD FN "let g = m.lock().unwrap();\nuse_it(&g);\n}\n"
		 "async fn k() { h().await }",
	  "no wait in this fn", NULL },
	{ STD "async fn f(m: &Mutex<bool>, c: &Condvar) {\n"
	      "let g = m.lock().unwrap();\nlet g = c.wait(g).unwrap();\n"
	      "drop(g);\nh().await;\n}",
	  "dropped before", NULL },
	{ STD FN "let n = {\nlet g = m.lock().unwrap();\ng.len()\n};\n"
		 "take(n).await;\n}",
	  "dies in its block", NULL },
	{ "use tokio::sync::Mutex;\nasync fn f(m: &Mutex<Option<u32>>) {\n"
	  "let n = m.lock().await.unwrap();\ntake(n).await;\n}",
	  "it is the value that is unwrapped", NULL },
	{ STD FN "let n = m.lock().map(|g| g.len()).unwrap_or(0);\n"
		 "take(n).await;\n}",
	  "the guard dies in the closure", NULL },
	{ STD FN "let busy = m.try_lock().is_err();\nif busy {\nh().await;\n}"
		 "\n}",
	  "the Result dies at its statement's end", NULL },
	{ "use parking_lot::RwLock;\nstruct S { t: RwLock<u32>, u: "
	  "tokio::sync::RwLock<u32> }\nimpl S { async fn f(&self) {\n"
	  "let g = self.u.read();\nh().await;\nuse_it(&g);\n} }",
	  "the receiver is tokio's, by its type; g is a future", NULL },
	{ "use parking_lot::RwLock;\nstruct S { t: RwLock<u32> }\nstruct T { "
	  "t: "
	  "tokio::sync::RwLock<u32> }\nasync fn f(s: &T) {\n"
	  "let g = s.t.read();\nh().await;\nuse_it(&g);\n}",
	  "the file has a t of each family", NULL },
	{ "use parking_lot::RwLock;\nstruct S { t: RwLock<u32>, u: "
	  "tokio::sync::RwLock<u32> }\nimpl S { fn inner(&self) -> "
	  "&tokio::sync::RwLock<u32> { &self.u } }\nasync fn f(s: &S) {\n"
	  "let g = s.inner().read();\nh().await;\nuse_it(&g);\n}",
	  "of what inner() gives nothing is known: it is tokio's", NULL },
};

static const struct hit refcell_hits[] = {
	{ CELL FN_CELL "let b = c.borrow();\nh().await;\nuse_it(&b);\n}", "4",
	  NULL },
	{ CELL FN_CELL "let mut b = c.borrow_mut();\nh().await;\nb.push(1);\n}",
	  "4", NULL },
	{ CELL FN_CELL "let b = c.borrow();\nuse_it(&b);\nh().await;\n}", "4",
	  NULL },
	{ CELL FN_CELL "let _b = c.borrow_mut();\nh().await;\n}", "4", NULL },
	{ CELL FN_CELL "h().await;\nlet b = c.borrow_mut();\nh().await;\n"
		       "drop(b);\nh().await;\n}",
	  "5", NULL },
	{ CELL FN_CELL "let b = c.try_borrow().unwrap();\nh().await;\n"
		       "use_it(&b);\n}",
	  "4", NULL },
	{ CELL FN_CELL "if let Ok(mut b) = c.try_borrow_mut() {\nh().await;\n"
		       "b.push(1);\n}\n}",
	  "4", NULL },
	{ CELL FN_CELL "let b = RefCell::borrow(c);\nh().await;\nuse_it(&b);\n"
		       "}",
	  "4", NULL },
	{ CELL "async fn f(c: Rc<RefCell<u32>>) {\n"
	       "let mut b = RefCell::borrow_mut(&c);\n*b += take(1).await;\n}",
	  "4", NULL },
	{ CELL FN_CELL "c.borrow_mut().push(take(1).await);\n}", "4", NULL },
	{ CELL FN_CELL "take(c.borrow().len()).await;\n}", "4", NULL },
	{ CELL FN_CELL "for n in c.borrow().iter() {\ntake(*n).await;\n}\n}",
	  "4", NULL },
	{ CELL FN_CELL "match c.borrow().first() {\nSome(n) => {\n"
		       "take(*n).await;\n}\nNone => {}\n}\n}",
	  "4", NULL },
	{ CELL FN_CELL "while let Some(n) = c.borrow_mut().pop() {\n"
		       "take(n).await;\n}\n}",
	  "4", NULL },
	{ CELL FN_CELL "if let Some(n) = c.borrow().first() {\n"
		       "take(*n).await;\n}\n}",
	  "4", NULL },
	{ CELL "struct S { c: RefCell<u32> }\nimpl S {\nasync fn f(&self) {\n"
	       "let mut b = self.c.borrow_mut();\n*b += 1;\nh().await;\n}\n}",
	  "6", NULL },
	{ CELL "fn f(c: Rc<RefCell<u32>>) -> impl std::future::Future<Output = "
	       "()> {\nasync move {\nlet b = c.borrow();\nh().await;\n"
	       "use_it(&b);\n}\n}",
	  "5", NULL },
	{ CELL FN_CELL "let b = c.borrow();\nif b.is_empty() {\ndrop(b);\n"
		       "return;\n}\nh().await;\n}",
	  "4", NULL },
	{ "use std::cell::{Ref, RefCell};\n"
	  "async fn f(c: &RefCell<(u32, u32)>) {\n"
	  "let b = Ref::map(c.borrow(), |p| &p.0);\nh().await;\nuse_it(&b);\n"
	  "}",
	  "3", NULL },
	{ "use std::cell::{RefCell, RefMut};\nstruct S(RefCell<u32>);\n"
	  "impl S {\nfn state(&self) -> RefMut<'_, u32> { "
	  "self.0.borrow_mut() }\nasync fn f(&self) {\n"
	  "let mut b = self.state();\n*b += take(1).await;\n}\n}",
	  "6", NULL },
	{ CELL FN_CELL "let all = &*c.borrow();\nh().await;\nuse_it(&all);\n}",
	  "4", NULL },
	{ CELL FN_CELL "let b = c.borrow();\ntokio::select! {\n_ = h() => {}\n"
		       "}\nuse_it(&b);\n}",
	  "4", NULL },
};

static const struct miss refcell_misses[] = {
	{ CELL FN_CELL "{\nlet mut b = c.borrow_mut();\nb.push(1);\n}\n"
		       "h().await;\n}",
	  "the borrow's block ends before", NULL },
	{ CELL FN_CELL "let b = c.borrow();\nuse_it(&b);\ndrop(b);\n"
		       "h().await;\n}",
	  "dropped before", NULL },
	{ CELL FN_CELL "let n = c.borrow().len();\ntake(n).await;\n}",
	  "the temporary dies at its statement's end", NULL },
	{ CELL FN_CELL "let v = c.borrow().clone();\ntake(v).await;\n}",
	  "a copy", NULL },
	{ CELL "async fn f(c: &RefCell<u32>) {\n*c.borrow_mut() = "
	       "take(1).await;\n}",
	  "the right side is evaluated first", NULL },
	{ CELL FN_CELL "let n = take(1).await;\nc.borrow_mut().push(n);\n}",
	  "waits before it borrows", NULL },
	{ CELL FN_CELL "if c.borrow().is_empty() {\nh().await;\n}\n}",
	  "a condition's temporaries die before the body", NULL },
	{ CELL FN_CELL "while c.borrow().len() > 1 {\nh().await;\n}\n}",
	  "a condition's temporaries die before the body", NULL },
	{ CELL FN_CELL "let n = c.borrow_mut().pop();\nif let Some(n) = n {\n"
		       "take(n).await;\n}\n}",
	  "taken out before the body", NULL },
	{ CELL FN_CELL "let v = c.take();\nfor n in &v {\ntake(*n).await;\n}\n"
		       "c.replace(v);\n}",
	  "nothing is borrowed", NULL },
	{ CELL "async fn f(c: &Cell<u32>) {\nlet n = c.get();\n"
	       "take(n).await;\nc.set(n);\n}",
	  "a Cell", NULL },
	{ "use std::borrow::BorrowMut;\nuse std::cell::RefCell;\n"
	  "struct S { c: RefCell<u32> }\nasync fn f(mut v: Vec<u32>) {\n"
	  "let b: &mut [u32] = v.borrow_mut();\nh().await;\nuse_it(&b);\n}",
	  "std::borrow's method", NULL },
	{ "use std::borrow::Borrow;\n"
	  "async fn f(s: String) {\nlet b: &str = s.borrow();\nh().await;\n"
	  "use_it(&b);\n}",
	  "std::borrow's method, and no RefCell", NULL },
	{ "use std::cell::RefCell;\nuse tokio::sync::watch;\n"
	  "struct S { c: RefCell<u32> }\n"
	  "async fn f(mut rx: watch::Receiver<u32>) {\n"
	  "let n = *rx.borrow();\ntake(n).await;\nrx.changed().await.ok();\n}",
	  "a copy from a channel", NULL },
	{ CELL FN_CELL "let get = || c.borrow().len();\ntake(get()).await;\n}",
	  "lives in a closure", NULL },
	{ CELL FN_CELL "let later = async { h().await };\n"
		       "let b = c.borrow();\nuse_it(&b);\ndrop(b);\n"
		       "later.await;\n}",
	  "dropped before", NULL },
	{ CELL FN_CELL "let b = c.borrow();\nif b.is_empty() {\ndrop(b);\n"
		       "h().await;\n} else {\nuse_it(&b);\n}\n}",
	  "dropped on the way that waits", NULL },
	{ CELL FN_CELL "let _ = c.borrow_mut();\nh().await;\n}",
	  "`_` binds nothing", NULL },
	{ CELL FN_CELL "h().await;\nlet mut b = c.borrow_mut();\nb.push(1);\n}",
	  "waits before it borrows", NULL },
	{ CELL FN_CELL "let n = {\nlet b = c.borrow();\nb.len()\n};\n"
		       "take(n).await;\n}",
	  "dies in its block", NULL },
	{ "thread_local! {\nstatic C: std::cell::RefCell<u32> = const { "
	  "std::cell::RefCell::new(0) };\n}\nasync fn f() {\n"
	  "let n = C.with(|c| *c.borrow());\ntake(n).await;\n}",
	  "lives in a closure", NULL },
	{ CELL FN_CELL "let b = c.borrow().iter().copied().collect::<Vec<_>>()"
		       ";\nh().await;\nuse_it(&b);\n}",
	  "a copy", NULL },
};

#endif
