use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::cache::{Cache, Entry};
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
    cache: Arc<Cache>,
}

impl Pool {
    /// Connections are opened when they are first needed. Results of `query`
    /// are kept for `cache_ttl`.
    pub fn new(config: PoolConfig, cache_ttl: Duration) -> Self {
        Self {
            inner: Arc::new(Inner {
                permits: Semaphore::new(config.max_size),
                idle: Mutex::new(Vec::with_capacity(config.max_size)),
                cache: Cache::start(cache_ttl),
                config,
            }),
        }
    }

    /// Run a statement and return its rows, from the cache when they are fresh.
    pub async fn query(&self, sql: &str, params: &[&str]) -> Result<Vec<Row>, PoolError> {
        let cache = &self.inner.cache;
        let mut entries = cache.lock();
        if let Some(rows) = cache.fresh(&entries, sql) {
            return Ok(rows);
        }
        let rows = self.run(sql, params).await?;
        entries.insert(sql.to_owned(), Entry::new(rows.clone()));
        Ok(rows)
    }

    /// How many queries the cache has answered.
    pub fn cache_hits(&self) -> u64 {
        self.inner.cache.hits()
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
