//! A small async connection pool for a line-based query protocol.
//!
//! A request is one line: the statement and its parameters, separated by tabs.
//! The answer is `OK <n>` and n rows, or `ERR <message>`.

mod cache;
mod conn;
mod error;
mod pool;

pub use error::PoolError;
pub use pool::{Pool, PoolConfig};

/// One row: its columns, as text.
pub type Row = Vec<String>;
