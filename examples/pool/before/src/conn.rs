use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;

use crate::{PoolError, Row};

/// One connection to the server.
pub(crate) struct Conn {
    stream: BufStream<TcpStream>,
    /// Set while a request is under way: a connection dropped in the middle
    /// of an answer must not be used again.
    pub(crate) busy: bool,
}

impl Conn {
    pub(crate) async fn open(addr: &str) -> Result<Self, PoolError> {
        let stream = TcpStream::connect(addr)
            .await
            .map_err(|source| PoolError::Connect {
                addr: addr.to_owned(),
                source,
            })?;
        Ok(Self {
            stream: BufStream::new(stream),
            busy: false,
        })
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
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(PoolError::Protocol("closed in an answer".to_owned()));
        }
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(line)
    }
}
