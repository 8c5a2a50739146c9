//! Lets the page's module be parted: see `src/console/lazy.rs`.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A module can be parted only while it says what in it refers to what.
    if std::env::var_os("CARGO_CFG_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
