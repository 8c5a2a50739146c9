//! Enter on the proxy's stdin: a line there asks for a new address.
//!
//! A process in the background that reads from its terminal is stopped by SIGTTIN. So the
//! terminal is read only while the proxy is in the foreground; the thread that reads has the
//! signal blocked all the same, as the shell may change that between the look and the read.

#[cfg(unix)]
pub use unix::on_enter;

#[cfg(unix)]
mod unix {
    use nix::errno::Errno;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use nix::sys::signal::{SigSet, Signal};
    use nix::unistd::{getpgrp, read, tcgetpgrp};
    use std::io::{IsTerminal, Stdin, stdin};
    use std::os::fd::AsFd;
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
            let mut stopping = SigSet::empty();
            stopping.add(Signal::SIGTTIN);
            // What prints may be stopped as well, where the terminal is set to.
            stopping.add(Signal::SIGTTOU);
            if stopping.thread_block().is_ok() {
                while let Some(lines) = next(&stdin()) {
                    (0..lines).for_each(|_| call());
                    sleep(PAUSE);
                }
            }
        });
    }

    /// How many lines have ended since; `None` if there will be no more.
    fn next(stdin: &Stdin) -> Option<usize> {
        let mut bytes = [0; 64];
        loop {
            match poll(
                &mut [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)],
                PollTimeout::NONE,
            ) {
                Ok(_) => {}
                Err(Errno::EINTR) => continue,
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
                Err(Errno::EINTR | Errno::EAGAIN) => {}
                // In the background since the look, or the terminal is gone.
                Err(Errno::EIO) if stdin.is_terminal() && is_in_background(stdin)? => sleep(LOOK),
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
