//! Whether a proxy is there, asked from outside of it, as a container's watcher does.

use crate::limits;
use crate::team::READY;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// Asks the proxy at this address. An error says why it is not ready.
pub fn is_ready(address: SocketAddr) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(&address, limits::READY_TIME)?;
    stream.set_read_timeout(Some(limits::READY_TIME))?;
    write!(
        stream,
        "GET {READY} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    match status.ends_with(b" 200") {
        true => Ok(()),
        false => Err(ErrorKind::InvalidData.into()),
    }
}
