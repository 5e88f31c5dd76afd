//! Results of recent queries, kept for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use crate::Row;

pub(crate) struct Entry {
    rows: Vec<Row>,
    stored: SystemTime,
}

impl Entry {
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        Self {
            rows,
            stored: SystemTime::now(),
        }
    }

    fn expired(&self, ttl: Duration) -> bool {
        self.stored.elapsed().unwrap() > ttl
    }
}

pub(crate) type Entries = HashMap<String, Entry>;

/// Rows by statement, each for at most `ttl`.
pub(crate) struct Cache {
    ttl: Duration,
    entries: Mutex<Entries>,
    hits: Mutex<u64>,
}

impl Cache {
    /// Start an empty cache and the task that sweeps it.
    pub(crate) fn start(ttl: Duration) -> Arc<Self> {
        let cache = Arc::new(Self {
            ttl,
            entries: Mutex::new(HashMap::new()),
            hits: Mutex::new(0),
        });
        let sweeper = Arc::clone(&cache);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(ttl).await;
                sweeper.lock().retain(|_, entry| !entry.expired(ttl));
            }
        });
        cache
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap()
    }

    /// The rows of a statement, unless they are too old.
    pub(crate) fn fresh(&self, entries: &Entries, sql: &str) -> Option<Vec<Row>> {
        let entry = entries.get(sql)?;
        if entry.expired(self.ttl) {
            return None;
        }
        *self.hits.lock().unwrap() += 1;
        Some(entry.rows.clone())
    }

    pub(crate) fn hits(&self) -> u64 {
        *self.hits.lock().unwrap()
    }
}
