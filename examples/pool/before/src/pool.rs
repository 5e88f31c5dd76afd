use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::conn::Conn;
use crate::{PoolError, Row};

/// Where the server is and how much of it one pool may use.
#[derive(Clone, Debug)]
pub struct PoolConfig {
    pub addr: String,
    pub max_size: usize,
    /// Waiting for a free connection, and for a new one to be opened.
    pub acquire_timeout: Duration,
    pub query_timeout: Duration,
}

/// A pool of connections; clones share it.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    config: PoolConfig,
    permits: Semaphore,
    idle: Mutex<Vec<Conn>>,
}

impl Pool {
    /// Connections are opened when they are first needed.
    pub fn new(config: PoolConfig) -> Self {
        Self {
            inner: Arc::new(Inner {
                permits: Semaphore::new(config.max_size),
                idle: Mutex::new(Vec::with_capacity(config.max_size)),
                config,
            }),
        }
    }

    /// Run a statement and return its rows.
    pub async fn query(&self, sql: &str, params: &[&str]) -> Result<Vec<Row>, PoolError> {
        self.run(sql, params).await
    }

    /// Run a statement for its effect.
    pub async fn execute(&self, sql: &str, params: &[&str]) -> Result<(), PoolError> {
        self.run(sql, params).await.map(drop)
    }

    async fn run(&self, sql: &str, params: &[&str]) -> Result<Vec<Row>, PoolError> {
        let config = &self.inner.config;
        let acquired = timeout(config.acquire_timeout, async {
            // the semaphore is never closed, so an error cannot come
            let permit = self.inner.permits.acquire().await.ok();
            let conn = match self.inner.pop() {
                Some(conn) => conn,
                None => Conn::open(&config.addr).await?,
            };
            Ok::<_, PoolError>((permit, conn))
        });
        let (_permit, mut conn) = acquired
            .await
            .map_err(|_| PoolError::AcquireTimeout(config.acquire_timeout))??;

        let answer = timeout(config.query_timeout, conn.request(sql, params))
            .await
            .map_err(|_| PoolError::QueryTimeout(config.query_timeout))?;
        if !conn.busy {
            self.inner.push(conn);
        }
        answer
    }
}

impl Inner {
    fn pop(&self) -> Option<Conn> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    fn push(&self, conn: Conn) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(conn);
    }
}
