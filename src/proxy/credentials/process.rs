//! A `credential_process` within limits.
//!
//! The chain runs such a command by itself, and does not end it. So it is given another command
//! instead: this program, called as a helper, runs the process in a group of its own, ends the
//! whole group when it is done, took too long, wrote too much or the proxy is gone, and passes
//! on what it wrote.

use crate::limits;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// What the helper says on stderr, where nothing of the process gets to.
pub const TOOK_TOO_LONG: &str = "formsmith-proxy: the credential process took too long";
pub const WROTE_TOO_MUCH: &str = "formsmith-proxy: the credential process wrote too much";

/// The first argument of a helper.
const NAME: &str = "credential-process";

/// How the helper is called.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Quoted for a shell, in a file of profiles.
    program: String,
}

impl Helper {
    /// This program itself, where there are groups of processes.
    pub fn own() -> Option<Self> {
        let program = std::env::current_exe().ok().filter(|_| cfg!(unix))?;
        Self::at(&program)
    }

    /// The proxy at this path; none can be called whose path a line can't hold.
    pub fn at(program: &Path) -> Option<Self> {
        let path = program
            .to_str()
            .filter(|path| !path.contains(['\n', '\r']))?;
        // A comment begins with one of these after white space, also inside of quotes.
        let quoted = path.replace('\'', r"'\''");
        let quoted = quoted.replace('#', "''#").replace(';', "'';");
        Some(Self {
            program: format!("'{quoted}'"),
        })
    }

    /// The command that runs this one: in hexadecimal nothing needs quotes.
    pub fn command(&self, command: &str) -> String {
        let (program, limit) = (&self.program, limits::CREDENTIAL_PROCESS_TIME.as_millis());
        format!("exec {program} {NAME} {limit} x{}", hex::encode(command))
    }
}

/// Is this program called as a helper? Then this is what it does.
pub fn called(arguments: &[OsString]) -> Option<ExitCode> {
    let [name, limit, command] = arguments else {
        return None;
    };
    if name != NAME {
        return None;
    }
    let limit = limit.to_str()?.parse().ok()?;
    let command = hex::decode(command.to_str()?.strip_prefix('x')?).ok()?;
    let command = String::from_utf8(command).ok()?;
    Some(run(&command, Duration::from_millis(limit)))
}

#[cfg(not(unix))]
fn run(_command: &str, _limit: Duration) -> ExitCode {
    ExitCode::FAILURE
}

#[cfg(unix)]
fn run(command: &str, limit: Duration) -> ExitCode {
    use std::io::{Write, stderr, stdout};

    let said = match unix::output(command, limit) {
        Ok(output) => {
            let written = stdout().write_all(&output).and_then(|()| stdout().flush());
            return match written {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            };
        }
        Err(unix::Ended::TookTooLong) => TOOK_TOO_LONG,
        Err(unix::Ended::WroteTooMuch) => WROTE_TOO_MUCH,
        Err(unix::Ended::Badly) => return ExitCode::FAILURE,
    };
    let _ = writeln!(stderr(), "{said}");
    ExitCode::FAILURE
}

#[cfg(unix)]
mod unix {
    use crate::limits;
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, setsid, waitid};
    use std::io::Read;
    use std::os::unix::process::{CommandExt, parent_id};
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
    use std::thread::{sleep, spawn};
    use std::time::{Duration, Instant};

    /// How often is looked whether it has ended.
    const TICK: Duration = Duration::from_millis(10);

    pub enum Ended {
        TookTooLong,
        WroteTooMuch,
        /// With a failure, or without anybody who still waits for it.
        Badly,
    }

    /// What the command writes, once it has ended well.
    pub fn output(command: &str, limit: Duration) -> Result<Vec<u8>, Ended> {
        let parent = parent_id();
        // A Ctrl-C is for the proxy; that it has ended is seen here.
        let _ = setsid();
        let mut child = Command::new("sh")
            .args(["-c", command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|_| Ended::Badly)?;
        let written = written(&mut child);
        let watched = watch(&child, &written, parent, limit);
        // Before it is waited for: until then nobody else can have its number.
        let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
        let status = child.wait().map_err(|_| Ended::Badly)?;
        let mut output = watched?;
        while let Ok(part) = written.recv_timeout(limits::CREDENTIAL_PROCESS_REST_TIME) {
            add(&mut output, &part)?;
        }
        status.success().then_some(output).ok_or(Ended::Badly)
    }

    /// Until it has ended by itself.
    fn watch(
        child: &Child,
        written: &Receiver<Vec<u8>>,
        parent: u32,
        limit: Duration,
    ) -> Result<Vec<u8>, Ended> {
        let (started, mut output) = (Instant::now(), Vec::new());
        while !has_ended(child) {
            match written.recv_timeout(TICK) {
                Ok(part) => add(&mut output, &part)?,
                Err(RecvTimeoutError::Disconnected) => sleep(TICK),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if started.elapsed() > limit {
                return Err(Ended::TookTooLong);
            }
            if parent_id() != parent {
                return Err(Ended::Badly);
            }
        }
        Ok(output)
    }

    fn add(output: &mut Vec<u8>, part: &[u8]) -> Result<(), Ended> {
        output.extend(part);
        match output.len() > limits::CREDENTIAL_PROCESS_BYTES {
            true => Err(Ended::WroteTooMuch),
            false => Ok(()),
        }
    }

    fn has_ended(child: &Child) -> bool {
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let looked = waitid(WaitId::Pid(Pid::from_child(child)), look);
        !matches!(looked, Ok(None))
    }

    /// Its output as it comes, few parts at a time.
    fn written(child: &mut Child) -> Receiver<Vec<u8>> {
        let (sender, written) = sync_channel(4);
        if let Some(mut stdout) = child.stdout.take() {
            spawn(move || {
                let mut part = [0; 4096];
                while let Ok(count @ 1..) = stdout.read(&mut part) {
                    if sender.send(part[..count].to_vec()).is_err() {
                        return;
                    }
                }
            });
        }
        written
    }
}
