//! The file of an audit log: opened so that nothing else can stand in for it.

use super::chain::{Tail, Torn};
use crate::limits;
use crate::open;
use std::fmt;
use std::fs::{File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Why something can't be an audit log: the rest of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(pub String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Where lines are kept. Another place than a file is for tests.
pub trait Storage: Send {
    /// Opens what has the log's name now, and tells how it ends.
    fn open(&mut self) -> Result<Tail, Unusable>;

    /// Is what is open no longer what has the log's name?
    fn has_moved(&self) -> bool;

    /// Can what is open no longer be found by anybody?
    fn is_lost(&self) -> bool;

    /// Adds these bytes. If it fails, it takes back what of them was written, where it can.
    fn append(&mut self, lines: &[u8]) -> io::Result<()>;

    /// Returns when all that was added is on disk. If it fails, it takes back what was added last.
    fn sync(&mut self) -> io::Result<()>;
}

#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    open: Option<File>,
    /// Its length, and that before the last bytes were added.
    length: u64,
    before: u64,
}

impl LogFile {
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.into(),
            open: None,
            length: 0,
            before: 0,
        }
    }

    fn file(&self) -> io::Result<&File> {
        self.open.as_ref().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn take_back(&self) {
        if let Ok(file) = self.file()
            && file.metadata().is_ok_and(|now| now.len() > self.before)
        {
            let _ = file.set_len(self.before);
        }
    }
}

impl Storage for LogFile {
    fn open(&mut self) -> Result<Tail, Unusable> {
        // The lock that is held would be in the way.
        if let Some(file) = self.open.take() {
            let _ = file.sync_data();
        }
        let is_new = match self.path.symlink_metadata() {
            Ok(found) => regular(&found).map(|()| false)?,
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(error) => return Err(error.into()),
        };
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        // It may have become something else since it was looked at.
        let mut file = open::itself(&mut options, &self.path)?;
        let found = file.metadata()?;
        regular(&found)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(Unusable("another proxy is writing to it".into()));
        }
        let tail = tail(&mut file, found.len())?;
        private(&file)?;
        if is_new {
            entered(&self.path);
        }
        self.length = found.len();
        self.before = self.length;
        self.open = Some(file);
        Ok(tail)
    }

    #[cfg(unix)]
    fn has_moved(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let (Ok(named), Ok(open)) = (
            self.path.symlink_metadata(),
            self.file().and_then(File::metadata),
        ) else {
            return true;
        };
        (named.dev(), named.ino()) != (open.dev(), open.ino())
    }

    #[cfg(not(unix))]
    fn has_moved(&self) -> bool {
        true
    }

    #[cfg(unix)]
    fn is_lost(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let open = self.file().and_then(File::metadata);
        open.is_ok_and(|open| open.nlink() == 0)
    }

    #[cfg(not(unix))]
    fn is_lost(&self) -> bool {
        false
    }

    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        self.before = self.length;
        match self.file()?.write_all(lines) {
            Ok(()) => self.length += lines.len() as u64,
            Err(error) => {
                self.take_back();
                return Err(error);
            }
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let synced = self.file()?.sync_data();
        if synced.is_err() {
            self.take_back();
        }
        synced
    }
}

fn regular(found: &Metadata) -> Result<(), Unusable> {
    let kind = found.file_type();
    let what = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => "it is a folder",
        () if kind.is_symlink() => "it is a symbolic link, which is not followed",
        () => "it is a device, a pipe or a socket",
    };
    Err(Unusable(format!("{what}; name a file")))
}

fn tail(file: &mut File, length: u64) -> Result<Tail, Unusable> {
    let start = length.saturating_sub(limits::AUDIT_END_BYTES);
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(limits::AUDIT_END_BYTES).read_to_end(&mut end)?;
    // What only looks whole because its beginning is out of sight is none.
    let is_all = |torn: &Torn| start == 0 || torn.bytes < limits::AUDIT_END_BYTES / 2;
    Tail::read(&end)
        .filter(|tail| tail.torn.as_ref().is_none_or(is_all))
        .ok_or_else(|| {
            Unusable(
                "its end is not that of an audit log; see what `formsmith-proxy verify-audit` \
                 says of it, then move it away or name another file"
                    .into(),
            )
        })
}

/// Lets nobody but its owner read it.
#[cfg(unix)]
fn private(file: &File) -> Result<(), Unusable> {
    use std::os::unix::fs::PermissionsExt;
    let is_set = file.set_permissions(Permissions::from_mode(0o600));
    is_set.map_err(|error| {
        Unusable(format!(
            "it can't be made readable by its owner only ({error}); name a file that is yours"
        ))
    })
}

#[cfg(not(unix))]
fn private(_: &File) -> Result<(), Unusable> {
    Ok(())
}

/// A file is found again after a crash only once its folder is on disk as well.
fn entered(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
