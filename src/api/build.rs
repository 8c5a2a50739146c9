//! The models without the white space that people read them by: they travel with the page.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=models");
    let out = env::var("OUT_DIR")?;
    for file in fs::read_dir("models")? {
        let path = file?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let model: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        fs::write(Path::new(&out).join(name), model.to_string())?;
    }
    Ok(())
}
