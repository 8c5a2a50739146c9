//! Opening a file in whose place something else may stand.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens for reading, without waiting for somebody who writes into a FIFO and without becoming the
/// process of a terminal.
pub fn without_waiting(path: &Path) -> io::Result<File> {
    open(OpenOptions::new().read(true), path, false)
}

/// Opens what has this very name: the same, and no symbolic link is followed. What is made is for
/// its owner only.
pub fn itself(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    open(options, path, true)
}

fn open(options: &mut OpenOptions, path: &Path, is_itself: bool) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        flags.set(OFlags::NOFOLLOW, is_itself);
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(not(unix))]
    let _ = is_itself;
    options.open(path)
}
