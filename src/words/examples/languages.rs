//! Writes what a page fetches for languages other than English into a folder: `words/<tag>.json`, and
//! the models, `models/<tag>/`; and `english.json`, by which `tools/split.mjs` knows which texts a
//! page shows first.

use std::path::Path;
use std::{env, fs, io};

/// Where each file goes, and where the build has made it.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    for (name, made) in FILES {
        let path = Path::new(&folder).join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(made, path)?;
    }
    Ok(())
}
