//! The profiles' files. They are read here and not by the chain: a FIFO or a device in their place
//! must not keep anybody waiting, and each `credential_process` is run by the [`Helper`].

use super::process::Helper;
use crate::limits;
use crate::open::without_waiting;
use aws_config::profile::{self, Profile, ProfileFileLoadError, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

const BLANK: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// What is wrong with a source of credentials, for the person to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// What stands at this place can't be a file of profiles.
    NotAFile(NamedFile),
    TooLarge(NamedFile),
    /// A credential process did.
    WroteTooMuch,
    /// What this variable says is not where a service can be.
    NoEndpoint(&'static str),
}

/// How a person knows a file: by its usual name, or by the variable that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedFile {
    variable: &'static str,
    usual: &'static str,
    is_named: bool,
}

impl fmt::Display for NamedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_named {
            true => write!(f, "The file that {} names", self.variable),
            false => write!(f, "The file ~/{}", self.usual),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile(place) => write!(f, "{place} is not a regular file."),
            Self::TooLarge(place) => write!(
                f,
                "{place} is larger than {} MiB.",
                limits::PROFILES_FILE_BYTES >> 20
            ),
            Self::WroteTooMuch => write!(
                f,
                "The credential process wrote more than {} KiB.",
                limits::CREDENTIAL_PROCESS_BYTES >> 10
            ),
            Self::NoEndpoint(variable) => write!(
                f,
                "The variable {variable} has to be an https address, or an address of this machine."
            ),
        }
    }
}

impl std::error::Error for Trouble {}

/// What stands in both files. One that is not there is empty.
#[derive(Debug, Clone)]
pub struct Files {
    config: String,
    credentials: String,
}

/// The settings that say where credentials come from first.
const SOURCES: [&str; 11] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "credential_process",
    "credential_source",
    "region",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
];

/// The name of a profile that no person's has: that of what roles are assumed with.
pub const SOURCE: &str = "formsmith/source";

impl Files {
    /// As the chain takes them.
    pub fn given(&self) -> EnvConfigFiles {
        EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, self.config.clone())
            .with_contents(EnvConfigFileKind::Credentials, self.credentials.clone())
            .build()
    }

    /// With one more profile, [`SOURCE`]: this one without the role that it asks for.
    pub fn with_source(mut self, profile: &Profile) -> Self {
        self.config += &format!("\n[profile {SOURCE}]\n");
        for name in SOURCES {
            if let Some(value) = profile.get(name) {
                self.config += &format!("{name} = {value}\n");
            }
        }
        self
    }
}

/// Both files, with the helper where there is one.
pub fn read(helper: Option<&Helper>) -> Result<Files, Trouble> {
    let text = |variable, usual| {
        let text = one(variable, usual)?;
        Ok(match helper {
            Some(helper) => with_helper(&text, helper),
            None => text,
        })
    };
    let config = text("AWS_CONFIG_FILE", ".aws/config")?;
    let credentials = text("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")?;
    Ok(Files {
        config,
        credentials,
    })
}

/// What stands in the files, of which one profile is chosen: by name, or else as AWS's tools do.
pub async fn sections(
    files: &Files,
    profile: Option<&str>,
) -> Result<ProfileSet, ProfileFileLoadError> {
    let chosen = profile.map(|name| name.to_owned().into());
    profile::load(&Fs::real(), &Env::real(), &files.given(), chosen).await
}

fn one(variable: &'static str, usual: &'static str) -> Result<String, Trouble> {
    let named = std::env::var(variable).ok();
    let place = NamedFile {
        variable,
        usual,
        is_named: named.is_some(),
    };
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let home = home.map(PathBuf::from);
    let path = match (&named, home) {
        (None, None) => return Ok(String::new()),
        (None, Some(home)) => home.join(usual),
        (Some(named), home) => match (named.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => named.into(),
        },
    };
    // The usual way to say that there is none.
    if path == Path::new("/dev/null") {
        return Ok(String::new());
    }
    let Ok(file) = without_waiting(&path) else {
        return Ok(String::new());
    };
    let mut bytes = Vec::new();
    match file.metadata() {
        Ok(about) if about.is_file() => {}
        _ => return Err(Trouble::NotAFile(place)),
    }
    match file
        .take(limits::PROFILES_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
    {
        Ok(_) if bytes.len() as u64 > limits::PROFILES_FILE_BYTES => Err(Trouble::TooLarge(place)),
        Ok(_) => Ok(String::from_utf8(bytes).unwrap_or_default()),
        Err(_) => Ok(String::new()),
    }
}

/// The same profiles, with the helper in front of each `credential_process`. Lines are read as
/// the chain reads them: a value ends before a comment, and goes on in lines that begin with a
/// blank.
fn with_helper(text: &str, helper: &Helper) -> String {
    let mut out = String::with_capacity(text.len());
    let mut command: Option<String> = None;
    let is_skipped = |line: &str| line.trim_matches(BLANK).is_empty() || line.starts_with(COMMENT);
    for line in text.lines().filter(|line| !is_skipped(line)) {
        if let Some(command) = command.as_mut().filter(|_| line.starts_with(BLANK)) {
            command.push('\n');
            command.push_str(line.trim_matches(BLANK));
            continue;
        }
        if let Some(command) = command.take() {
            out += &property(&command, helper);
        }
        match process_of(line) {
            Some(begun) => command = Some(begun.to_owned()),
            None => {
                out += line;
                out.push('\n');
            }
        }
    }
    if let Some(command) = command {
        out += &property(&command, helper);
    }
    out
}

fn property(command: &str, helper: &Helper) -> String {
    format!("credential_process = {}\n", helper.command(command))
}

fn process_of(line: &str) -> Option<&str> {
    if line.starts_with(BLANK) || line.starts_with('[') {
        return None;
    }
    let mut before = ' ';
    let comment = line.char_indices().find(|(_, now)| {
        let is_comment = COMMENT.contains(now) && before.is_whitespace();
        before = *now;
        is_comment
    });
    let line = comment.map_or(line, |(at, _)| &line[..at]);
    let (name, value) = line.split_once('=')?;
    let is_process = name
        .trim_matches(BLANK)
        .eq_ignore_ascii_case("credential_process");
    is_process.then(|| value.trim_matches(BLANK))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_helper_stands_before_each_process_and_nothing_else_changes() {
        let helper = Helper::at(Path::new("/a/it's #1;x")).unwrap();
        let text = "[profile a]\nregion = x # said so\nCredential_Process=cat 'a b'#c # why\r\n\
                    \tmore\n\n  and more\n# no\nrole_arn = y\n[b]\nnested =\n  \
                    credential_process = no\ncredential_process = z";
        let first = helper.command("cat 'a b'#c\nmore\nand more");
        let expected = format!(
            "[profile a]\nregion = x # said so\ncredential_process = {first}\nrole_arn = y\n[b]\n\
             nested =\n  credential_process = no\ncredential_process = {}\n",
            helper.command("z")
        );
        assert_eq!(with_helper(text, &helper), expected);
        assert!(!first.contains(" #") && !first.contains(" ;"), "{first}");
    }
}
