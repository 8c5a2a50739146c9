//! Enter on the proxy's stdin: a line there asks for a new address.
//!
//! A process in the background that reads from its terminal is stopped by SIGTTIN. So the
//! terminal is read only when something was typed while the proxy is in the foreground.

#[cfg(unix)]
pub use unix::on_enter;

#[cfg(unix)]
mod unix {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::{Errno, read};
    use rustix::process::getpgrp;
    use rustix::termios::tcgetpgrp;
    use std::io::{IsTerminal, Stdin, stdin};
    use std::thread::{Builder, sleep};
    use std::time::Duration;

    /// Until it is looked again whether the proxy is in the foreground.
    const LOOK: Duration = Duration::from_millis(300);
    /// From one read to the next: an endless input must not take a processor.
    const PAUSE: Duration = Duration::from_millis(50);

    /// Calls this for each line of stdin, on a thread of its own, until stdin ends.
    pub fn on_enter(mut call: impl FnMut() + Send + 'static) {
        // Without the thread there is no new address, and nothing else is missing.
        let _ = Builder::new().name("enter".into()).spawn(move || {
            while let Some(lines) = next(&stdin()) {
                (0..lines).for_each(|_| call());
                sleep(PAUSE);
            }
        });
    }

    /// How many lines have ended since; `None` if there will be no more.
    fn next(stdin: &Stdin) -> Option<usize> {
        let mut bytes = [0; 64];
        loop {
            match poll(&mut [PollFd::new(stdin, PollFlags::IN)], None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(_) => return None,
            }
            if stdin.is_terminal() && is_in_background(stdin)? {
                sleep(LOOK);
                continue;
            }
            match read(stdin, &mut bytes) {
                // Ctrl-D ends nothing but a line.
                Ok(0) if stdin.is_terminal() && !is_in_background(stdin)? => return Some(0),
                Ok(0) => return None,
                Ok(count) => return Some(bytes[..count].iter().filter(|b| **b == b'\n').count()),
                Err(Errno::INTR | Errno::AGAIN) => {}
                // In the background since the look, or the terminal is gone.
                Err(Errno::IO) if stdin.is_terminal() && is_in_background(stdin)? => sleep(LOOK),
                Err(_) => return None,
            }
        }
    }

    /// `None` if the terminal has gone, or is not the one the proxy was started from.
    fn is_in_background(stdin: &Stdin) -> Option<bool> {
        Some(tcgetpgrp(stdin).ok()? != getpgrp())
    }
}

#[cfg(not(unix))]
pub fn on_enter(mut call: impl FnMut() + Send + 'static) {
    std::thread::spawn(move || {
        for _ in std::io::stdin().lines().map_while(Result::ok) {
            call();
        }
    });
}
