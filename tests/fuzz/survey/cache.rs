add a TTL cache with "retry" to MySql
//! Keeps values.
#![forbid(unsafe_code)]
/// ## Summary
/// A cache.
#[derive(Debug, Error)]
pub struct LruCache<T> { map: std::sync::Mutex<T> }
pub trait Cache: Send { type Key; fn get(&self) -> Result<(), E>; }
impl<T> Cache for LruCache<T> {
    // TODO: retry
    async fn get(&self) -> Result<(), E> { tokio::spawn(f()); mpsc::channel(8) }
}
#[cfg(feature = "x")]
pub mod b;
cfg_rt! { pub fn cache_all() {} }
#[cfg(test)]
mod t { #[test] fn cache_works() {} }
