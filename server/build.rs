//! The embedded site files are read again when `cargo xtask build` has replaced them.

fn main() {
    println!("cargo:rerun-if-changed=../target/site/manifest.json");
}
