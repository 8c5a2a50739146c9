//! Secrets that are given at the start, by a file or by an environment variable: an argument
//! could be seen by every user of the machine.

use crate::limits::SECRET_FILE_BYTES;
use crate::open::without_waiting;
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;

/// Where a secret can come from.
pub struct SecretSource {
    /// The option that names a file.
    pub option: &'static str,
    pub variable: &'static str,
}

impl SecretSource {
    /// The secret in the file, or else in the variable, read as `parse` reads it. What is wrong
    /// with it is told without any of it.
    pub fn read<T>(
        &self,
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<OsString>,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Result<Option<T>, String> {
        let (place, text) = match file {
            Some(file) => {
                let place = format!("{}: {}", self.option, file.display());
                let text = content(file).map_err(|error| format!("{place}: {error}"))?;
                (place, text)
            }
            None => match variable(self.variable) {
                Some(value) => {
                    let text = value.into_string();
                    let text = text.map_err(|_| format!("{}: {NOT_TEXT}", self.variable))?;
                    (self.variable.to_owned(), text)
                }
                None => return Ok(None),
            },
        };
        match parse(&text) {
            Ok(value) => Ok(Some(value)),
            Err(_) if text.is_empty() => Err(format!("{place}: it is empty")),
            Err(why) => Err(format!("{place}: {why}")),
        }
    }

    /// For who gives it as an argument, as was done once.
    pub fn no_argument(&self, old: &str) -> String {
        format!(
            "{old} is no longer accepted: every user of this machine can see arguments. Write \
             the value to a file of your own and name it with {}, or set {}",
            self.option, self.variable
        )
    }
}

const NOT_TEXT: &str = "it is not UTF-8 text";

/// What a file holds, without the end of its line.
fn content(path: &Path) -> Result<String, String> {
    let mut file = without_waiting(path).map_err(|error| error.to_string())?;
    let about = file.metadata().map_err(|error| error.to_string())?;
    if !about.is_file() {
        return Err("it is not a regular file".into());
    }
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0 {
        return Err("other users can read it or write to it: chmod 600 keeps them out".into());
    }
    let mut bytes = Vec::new();
    let read = Read::by_ref(&mut file)
        .take(SECRET_FILE_BYTES + 1)
        .read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > SECRET_FILE_BYTES {
        return Err(format!("it has more than {SECRET_FILE_BYTES} bytes"));
    }
    let mut text = String::from_utf8(bytes).map_err(|_| NOT_TEXT)?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}
