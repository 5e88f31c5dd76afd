use std::time::Duration;

use rowpool::{Pool, PoolConfig, PoolError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;

/// A server that answers every request with one row: the request's columns.
/// It never answers `sleep`.
async fn echo_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut stream = BufStream::new(stream);
                let mut line = String::new();
                while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
                    if !line.starts_with("sleep") {
                        let answer = format!("OK 1\n{line}");
                        stream.write_all(answer.as_bytes()).await.unwrap();
                        stream.flush().await.unwrap();
                    }
                    line.clear();
                }
            });
        }
    });
    addr
}

fn config(addr: String) -> PoolConfig {
    PoolConfig {
        addr,
        max_size: 1,
        acquire_timeout: Duration::from_millis(200),
        query_timeout: Duration::from_millis(100),
    }
}

#[tokio::test]
async fn rows_come_back_as_they_were_sent() {
    let pool = Pool::new(config(echo_server().await));
    let rows = pool.query("select ?", &["1"]).await.unwrap();
    assert_eq!(rows, [["select ?", "1"]]);
}

#[tokio::test]
async fn a_connection_that_timed_out_is_not_used_again() {
    let pool = Pool::new(config(echo_server().await));
    let late = pool.execute("sleep", &[]).await;
    assert!(matches!(late, Err(PoolError::QueryTimeout(_))));
    assert!(pool.execute("update", &[]).await.is_ok());
}
