//! The console's own origin: a name of its own at the proxy's port.
//!
//! A browser gives what a page keeps to whoever serves that page's host and port. The next server
//! at `127.0.0.1:8787` would be handed the history of this one; it doesn't have its name.

mod file;

use std::ffi::OsString;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The letters of an id, five bits each, none of which looks like another.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LENGTH: usize = 12;

/// What tells this proxy's name from that of any other: 60 random bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; LENGTH];
        getrandom::fill(&mut bytes)?;
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        Ok(Self(letters.iter().collect()))
    }

    /// `None` if it is none of those that are made here.
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte));
        is_one.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `formsmith-<id>.localhost` with the port, as it stands in `Host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    host: String,
    /// Will the next start have another?
    pub is_ephemeral: bool,
}

impl Origin {
    pub fn new(id: &Id, port: u16) -> Self {
        let name = format!("formsmith-{id}.localhost");
        let host = match port {
            80 => name,
            port => format!("{name}:{port}"),
        };
        Self {
            host,
            is_ephemeral: false,
        }
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.host)
    }

    /// Do the browsers of this machine, which look for `.localhost` at its loopback addresses,
    /// find a proxy that listens here?
    pub fn is_found_at(address: SocketAddr) -> bool {
        let ip = address.ip();
        ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST || ip.is_unspecified()
    }
}

/// The folder in which the proxy keeps what outlives it, unless told otherwise.
pub fn usual_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| {
        let folder = PathBuf::from(variable(name)?);
        // The specification of the XDG folders says so, and a relative one is nobody's.
        folder.is_absolute().then_some(folder)
    };
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        let usual = match cfg!(target_os = "macos") {
            true => "Library/Application Support",
            false => ".local/share",
        };
        folder("XDG_DATA_HOME").or_else(|| Some(folder("HOME")?.join(usual)))
    };
    Some(base?.join("formsmith"))
}

/// The id for this start and, where it is not kept, why.
#[derive(Debug)]
pub struct Found {
    pub id: Id,
    pub warning: Option<String>,
}

/// The id that is kept in the data folder, made at the first start. The error is a sentence: what
/// stands there is not what a proxy has written, and to go on would part the person from the
/// history.
pub fn find(folder: Option<&Path>) -> Result<Found, String> {
    let made = Id::random().map_err(|error| format!("can't make a random name: {error}"))?;
    let Some(folder) = folder else {
        return Ok(ephemeral(made, "neither HOME nor XDG_DATA_HOME is set"));
    };
    match file::read_or_make(folder, &made) {
        Ok(id) => Ok(Found { id, warning: None }),
        Err(file::Trouble::Unusable(why)) => Err(why),
        Err(file::Trouble::Unkept(why)) => Ok(ephemeral(made, &why)),
    }
}

fn ephemeral(id: Id, why: &str) -> Found {
    Found {
        id,
        warning: Some(format!(
            "the console's address can't be kept: {why}; the next start will use a new one, where \
             the browser won't find this one's history and drafts: name a folder with --data"
        )),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Id, Origin, usual_folder};
    use std::path::PathBuf;

    #[test]
    fn an_id_is_twelve_letters_that_a_name_may_have() {
        let (one, other) = (Id::random().unwrap(), Id::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(Id::parse(&one.to_string()), Some(one));
        for wrong in [
            "",
            "abc",
            "ABCDEFGHIJKL",
            "abcdefghijk.",
            "abcdefghijk1",
            "abcdefghijklm",
            "abcdefghijk\n",
            "éabcdefghij",
        ] {
            assert_eq!(Id::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_port_that_goes_without_saying_is_left_out() {
        let id = Id::parse("abcdefghijkl").unwrap();
        let url = |port| Origin::new(&id, port).url();
        assert_eq!(url(8787), "http://formsmith-abcdefghijkl.localhost:8787");
        assert_eq!(url(80), "http://formsmith-abcdefghijkl.localhost");
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_folder_is_where_the_system_keeps_data() {
        let folder = |xdg: Option<&str>, home: Option<&str>| {
            usual_folder(|name| match name {
                "XDG_DATA_HOME" => xdg.map(Into::into),
                "HOME" => home.map(Into::into),
                _ => None,
            })
        };
        let at = |path| Some(PathBuf::from(path));
        assert_eq!(folder(Some("/x"), Some("/h")), at("/x/formsmith"));
        assert_eq!(folder(None, Some("/h")), at("/h/.local/share/formsmith"));
        assert_eq!(
            folder(Some("x"), Some("/h")),
            at("/h/.local/share/formsmith")
        );
        assert_eq!(folder(Some(""), None), None);
    }
}
