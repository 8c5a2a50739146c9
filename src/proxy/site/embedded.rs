//! The page that was built into the program, for a release that is one file.

use include_dir::{Dir, DirEntry, include_dir};
use std::future::{Ready, ready};
use std::io::{self, Cursor};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File, Metadata};

/// What `tools/site` has built: without its argument, as the models of AWS lie beside the program.
static PAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../dist");

/// Where its files are, for those that ask for them.
pub const TOP: &str = "/";

#[derive(Debug, Clone, Copy)]
pub struct Embedded;

#[derive(Debug, Clone, Copy)]
pub struct Entry {
    is_dir: bool,
    len: u64,
}

impl Metadata for Entry {
    fn is_dir(&self) -> bool {
        self.is_dir
    }

    /// What was built at another time is another program.
    fn modified(&self) -> io::Result<SystemTime> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn len(&self) -> u64 {
        self.len
    }
}

#[derive(Debug)]
pub struct Content(Cursor<&'static [u8]>);

impl AsyncRead for Content {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncSeek for Content {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.0).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.0).poll_complete(context)
    }
}

impl File for Content {
    type Metadata = Entry;
    type MetadataFuture<'a> = Ready<io::Result<Entry>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        ready(Ok(Entry {
            is_dir: false,
            len: self.0.get_ref().len() as u64,
        }))
    }
}

impl Backend for Embedded {
    type File = Content;
    type Metadata = Entry;
    type OpenFuture = Ready<io::Result<Content>>;
    type MetadataFuture = Ready<io::Result<Entry>>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let file = path.strip_prefix(TOP).ok().and_then(|it| PAGE.get_file(it));
        let content = file.map(|file| Content(Cursor::new(file.contents())));
        ready(content.ok_or_else(|| io::ErrorKind::NotFound.into()))
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let folder = Entry {
            is_dir: true,
            len: 0,
        };
        let entry = match path.strip_prefix(TOP) {
            Ok(top) if top.as_os_str().is_empty() => Some(folder),
            Ok(path) => PAGE.get_entry(path).map(|entry| match entry {
                DirEntry::Dir(_) => folder,
                DirEntry::File(file) => Entry {
                    is_dir: false,
                    len: file.contents().len() as u64,
                },
            }),
            Err(_) => None,
        };
        ready(entry.ok_or_else(|| io::ErrorKind::NotFound.into()))
    }
}
