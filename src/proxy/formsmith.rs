//! The command `formsmith`: the proxy with the page in it.

#[path = "main.rs"]
mod proxy;

fn main() -> std::process::ExitCode {
    proxy::main()
}
