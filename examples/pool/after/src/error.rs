use std::time::Duration;

/// What can go wrong between asking for rows and having them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PoolError {
    #[error("cannot connect to {addr}")]
    Connect {
        addr: String,
        #[source]
        source: std::io::Error,
    },
    #[error("no connection became free within {0:?}")]
    AcquireTimeout(Duration),
    #[error("no answer within {0:?}")]
    QueryTimeout(Duration),
    #[error("the connection failed")]
    Io(#[from] std::io::Error),
    #[error("the server refused the statement: {0}")]
    Server(String),
    #[error("the server broke the protocol: {0}")]
    Protocol(String),
}
