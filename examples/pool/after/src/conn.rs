use std::thread;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;

use crate::{PoolError, Row};

const CONNECT_TRIES: u32 = 3;

/// One connection to the server.
pub(crate) struct Conn {
    stream: BufStream<TcpStream>,
    /// Set while a request is under way: a connection dropped in the middle
    /// of an answer must not be used again.
    pub(crate) busy: bool,
}

impl Conn {
    pub(crate) async fn open(addr: &str) -> Result<Self, PoolError> {
        let mut attempt = 1;
        loop {
            match TcpStream::connect(addr).await {
                Ok(stream) => {
                    return Ok(Self {
                        stream: BufStream::new(stream),
                        busy: false,
                    })
                }
                Err(source) if attempt == CONNECT_TRIES => {
                    return Err(PoolError::Connect {
                        addr: addr.to_owned(),
                        source,
                    })
                }
                Err(_) => thread::sleep(Duration::from_millis(100) * attempt),
            }
            attempt += 1;
        }
    }

    pub(crate) async fn request(
        &mut self,
        sql: &str,
        params: &[&str],
    ) -> Result<Vec<Row>, PoolError> {
        self.busy = true;
        let mut line = sql.to_owned();
        for param in params {
            line.push('\t');
            line.push_str(param);
        }
        line.push('\n');
        self.stream.write_all(line.as_bytes()).await?;
        self.stream.flush().await?;

        let head = self.read_line().await?;
        let answer = match head.split_once(' ') {
            Some(("OK", count)) => Ok(self.read_rows(count).await?),
            Some(("ERR", message)) => Err(PoolError::Server(message.to_owned())),
            _ => return Err(PoolError::Protocol(head)),
        };
        self.busy = false;
        answer
    }

    async fn read_rows(&mut self, count: &str) -> Result<Vec<Row>, PoolError> {
        let count: usize = count
            .parse()
            .map_err(|_| PoolError::Protocol(format!("row count {count:?}")))?;
        let mut rows = Vec::new();
        for _ in 0..count {
            let line = self.read_line().await?;
            rows.push(line.split('\t').map(str::to_owned).collect());
        }
        Ok(rows)
    }

    async fn read_line(&mut self) -> Result<String, PoolError> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(PoolError::Protocol("closed in an answer".to_owned()));
        }
        if line.ends_with(b"\n") {
            line.pop();
        }
        Ok(unsafe { String::from_utf8_unchecked(line) })
    }
}
