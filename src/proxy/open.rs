//! Opening a file in whose place something else may stand.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens for reading, without waiting for somebody who writes into a FIFO and without becoming the
/// process of a terminal.
pub fn without_waiting(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}
