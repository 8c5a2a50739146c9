//! Where the proxy listens.
//!
//! Browsers look for a name that ends in `.localhost` at both loopback addresses of their machine,
//! `::1` first. Whoever listened at the other one would be taken for the proxy, so with a console
//! that has such a name it listens at both, or not at all.

use crate::limits;
use socket2::SockRef;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    /// At the other loopback address.
    beside: Option<TcpListener>,
}

impl From<TcpListener> for Listening {
    fn from(listener: TcpListener) -> Self {
        Self {
            listener,
            beside: None,
        }
    }
}

impl Listening {
    /// What comes to either, whichever has more.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        match &self.beside {
            None => self.listener.accept().await,
            Some(beside) => tokio::select! {
                accepted = self.listener.accept() => accepted,
                accepted = beside.accept() => accepted,
            },
        }
    }
}

/// Gives the address with its port, too. The error is a sentence that says what to do.
pub fn listen(asked: SocketAddr, is_named: bool) -> Result<(Listening, SocketAddr), String> {
    let mut tries = if asked.port() == 0 {
        limits::LISTEN_PORT_TRIES
    } else {
        1
    };
    loop {
        let listener = bind(asked).map_err(|error| not_listening(asked, &error))?;
        let address = listener.local_addr();
        let address = address.map_err(|error| not_listening(asked, &error))?;
        let other = other_loopback(address).filter(|_| is_named);
        tries -= 1;
        let beside = match other.map(bind).transpose() {
            Ok(beside) => beside,
            Err(error) if is_taken(&error) && tries > 0 => continue,
            Err(error) if is_taken(&error) => {
                return Err(format!(
                    "port {} is taken at {}, where browsers look for the console's own name: stop \
                     what listens there, or choose another port with --listen",
                    address.port(),
                    other.unwrap_or(address).ip(),
                ));
            }
            // Then nobody else listens there either.
            Err(error) if is_not_there(&error) => None,
            Err(error) => return Err(not_listening(other.unwrap_or(address), &error)),
        };
        return Ok((Listening { listener, beside }, address));
    }
}

/// One that listens at every IPv6 address does so at every IPv4 address, too.
fn other_loopback(address: SocketAddr) -> Option<SocketAddr> {
    let other: IpAddr = match address.ip() {
        IpAddr::V4(Ipv4Addr::LOCALHOST | Ipv4Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => Ipv4Addr::LOCALHOST.into(),
        _ => return None,
    };
    Some(SocketAddr::new(other, address.port()))
}

/// Listens with a queue long enough for a crowd.
fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // A proxy that was killed can be started again at once. Elsewhere this would let two listen.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    // Every address is every IPv4 address as well, also where the system would keep them apart:
    // whoever listened there would be taken for the proxy.
    if address.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED) {
        SockRef::from(&socket).set_only_v6(false)?;
    }
    socket.bind(address)?;
    socket.listen(limits::LISTEN_BACKLOG)
}

/// Windows calls a port forbidden that another program has for itself.
fn is_taken(error: &io::Error) -> bool {
    [ErrorKind::AddrInUse, ErrorKind::PermissionDenied].contains(&error.kind())
}

/// Does this machine not have the address, or not its kind?
fn is_not_there(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::AFNOSUPPORT.raw_os_error()) {
        return true;
    }
    [ErrorKind::AddrNotAvailable, ErrorKind::Unsupported].contains(&error.kind())
}

fn not_listening(address: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {} is taken: stop what listens there, or choose another port with --listen",
            address.port()
        ),
        _ => format!("can't listen at {address}: {error}"),
    }
}
