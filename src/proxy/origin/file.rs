//! The file in the data folder that holds the id: `origin`, with the id on one line.

use super::{Id, LENGTH};
use crate::open;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

const NAME: &str = "origin";

pub enum Trouble {
    /// There is something else than an id. It is left as it is.
    Unusable(String),
    /// There is nothing, and nothing can be kept.
    Unkept(String),
}

pub fn read_or_make(folder: &Path, made: &Id) -> Result<Id, Trouble> {
    let unkept = |error: io::Error| Trouble::Unkept(format!("{}: {error}", folder.display()));
    make_folder(folder).map_err(unkept)?;
    is_ours(folder)?;
    let path = folder.join(NAME);
    match read(&path)? {
        Some(id) => Ok(id),
        None => {
            make(folder, &path, made).map_err(unkept)?;
            // That of another proxy, started at the same moment, may have been quicker.
            let id = read(&path)?;
            id.ok_or_else(|| Trouble::Unkept(format!("{} is gone again", path.display())))
        }
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Who may write into the folder could put another name there, for a server of their own.
#[cfg(unix)]
fn is_ours(folder: &Path) -> Result<(), Trouble> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(folder);
    let found = found.map_err(|error| Trouble::Unkept(format!("{}: {error}", folder.display())))?;
    let folder = folder.display();
    if ![0, own_user()].contains(&found.uid()) {
        return Err(Trouble::Unkept(format!("{folder} belongs to another user")));
    }
    match found.mode() & 0o022 {
        0 => Ok(()),
        _ => Err(Trouble::Unkept(format!(
            "other users can write to {folder}"
        ))),
    }
}

#[cfg(not(unix))]
fn is_ours(_: &Path) -> Result<(), Trouble> {
    Ok(())
}

#[cfg(unix)]
fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// `None` if there is none. It is a file and nothing else: a link leads elsewhere, and a pipe
/// would be waited for.
fn read(path: &Path) -> Result<Option<Id>, Trouble> {
    let unusable = |why: &str| {
        Trouble::Unusable(format!(
            "{} {why}: restore the original file, or delete this one: the console then gets a new \
             address, without the history and the drafts of the old one",
            path.display()
        ))
    };
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Err(unusable("is not a regular file")),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Trouble::Unkept(format!("{}: {error}", path.display()))),
    }
    let text = open::itself(OpenOptions::new().read(true), path).and_then(|file| {
        if !file.metadata()?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        only_for_the_owner(&file);
        let mut text = String::new();
        // With the end of its line, and one more to see that there is more.
        file.take(LENGTH as u64 + 2).read_to_string(&mut text)?;
        Ok(text)
    });
    let text = text.map_err(|error| unusable(&format!("can't be read ({error})")))?;
    let id = Id::parse(text.strip_suffix('\n').unwrap_or(&text));
    let malformed = || unusable("does not hold an id of 12 letters a-z and digits 2-7");
    id.map(Some).ok_or_else(malformed)
}

/// It can be read all the same where this is refused.
fn only_for_the_owner(file: &File) {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        let _ = file.set_permissions(mode);
    }
    #[cfg(not(unix))]
    let _ = file;
}

/// The file is whole or not there, and who is first stays.
fn make(folder: &Path, path: &Path, id: &Id) -> io::Result<()> {
    let part = folder.join(format!("{NAME}.{id}.part"));
    let mut file = open::itself(OpenOptions::new().write(true).create_new(true), &part)?;
    let written = writeln!(file, "{id}").and_then(|()| file.sync_all());
    drop(file);
    let placed = written.and_then(|()| match fs::hard_link(&part, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Not every file system has links.
        Err(_) => fs::rename(&part, path),
        Ok(()) => Ok(()),
    });
    let _ = fs::remove_file(&part);
    placed
}
