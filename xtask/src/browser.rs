//! The browser's side: from Rust to a WebAssembly module and the JavaScript that loads it.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::compress::fingerprint;
use crate::program::{cargo_in, command, run_silently};
use crate::steps::{Failure, step};
use crate::tools::{OPTIMIZER, WASM_TARGET, has};
use crate::workspace::CACHE;

/// What the optimizer may assume: exactly the features that the compiler already uses. `--all-features` breaks what it writes.
const OPTIMIZATIONS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Ends the JavaScript: the module starts by itself, as the address of a script. Where the browser refuses WebAssembly, pages
/// go on without.
const START: &str = "
__wbg_init().then(() => wake()).catch(error => console.warn('This page goes on without scripts.', error));
";

/// How the browser's side is built.
#[derive(Clone, Copy)]
pub enum Quality {
    /// As small as possible.
    Optimized,
    /// As soon as possible.
    Quick,
}

impl Quality {
    /// Cargo's profile.
    fn profile(self) -> &'static str {
        match self {
            Self::Optimized => "wasm-release",
            Self::Quick => "wasm-dev",
        }
    }
}

/// The built browser side.
pub struct BrowserSide {
    /// The ES module `nexus.js`; it loads `nexus_bg.wasm` beside it.
    pub javascript: String,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
    /// Files that the JavaScript imports, by their path below it.
    pub snippets: Vec<(String, Vec<u8>)>,
}

/// Builds the browser's side, or takes what an earlier run made of the same code.
pub fn build(quality: Quality) -> Result<BrowserSide, Failure> {
    let profile = quality.profile();
    step("browser side", || run_silently(cargo_in(profile, ["build", "--package", "frontend", "--lib", "--target", WASM_TARGET])))?;
    let compiled = Path::new("target").join(WASM_TARGET).join(profile).join("frontend.wasm");
    let code = fs::read(&compiled).map_err(Failure::while_doing("read", &compiled))?;

    let optimizer = match quality {
        Quality::Optimized if is_optimized() => OPTIMIZATIONS.join(" "),
        Quality::Optimized | Quality::Quick => String::new(),
    };
    let packages = fs::read("end2end/package-lock.json").unwrap_or_default();
    let key = fingerprint(&[&code, profile.as_bytes(), optimizer.as_bytes(), &packages]);
    let folder = Path::new(CACHE).join(format!("browser-{profile}-{key}"));
    if !folder.exists() {
        let unfinished = Path::new(CACHE).join("browser-unfinished");
        make_empty(&unfinished)?;
        step("bind JavaScript", || bind(&compiled, &unfinished))?;
        if !optimizer.is_empty() {
            step("optimize WebAssembly", || optimize(&unfinished.join("nexus_bg.wasm")))?;
        }
        remove_older(profile)?;
        fs::rename(&unfinished, &folder).map_err(Failure::while_doing("rename", &unfinished))?;
    }
    read(&folder)
}

/// Whether the optimizer is there: without it, the module is about twice as large.
pub fn is_optimized() -> bool {
    Path::new(OPTIMIZER).exists() && has("node")
}

fn make_empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::while_doing("remove", folder))?;
    }
    fs::create_dir_all(folder).map_err(Failure::while_doing("make", folder))
}

/// Only the newest result of each profile is kept.
fn remove_older(profile: &str) -> Result<(), Failure> {
    let cache = Path::new(CACHE);
    for entry in fs::read_dir(cache).map_err(Failure::while_doing("read", cache))?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("browser-{profile}-")) {
            fs::remove_dir_all(entry.path()).map_err(Failure::while_doing("remove", &entry.path()))?;
        }
    }
    Ok(())
}

/// Writes the JavaScript side with the library of the very version that the code was compiled with.
fn bind(compiled: &Path, folder: &Path) -> Result<(), Failure> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name("nexus").typescript(false).remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(refused)?.omit_default_module_path(false).generate(folder).map_err(refused)
}

fn refused(reason: impl Display) -> Failure {
    Failure::new(format!("wasm-bindgen refused the module: {reason:#}"))
}

fn optimize(wasm: &Path) -> Result<(), Failure> {
    let optimized = wasm.with_extension("optimized");
    let mut wasm_opt = command("node", [OPTIMIZER]);
    wasm_opt.arg(wasm).arg("-o").arg(&optimized).args(OPTIMIZATIONS);
    run_silently(wasm_opt)?;
    fs::rename(&optimized, wasm).map_err(Failure::while_doing("rename", &optimized))
}

fn read(folder: &Path) -> Result<BrowserSide, Failure> {
    let javascript = folder.join("nexus.js");
    let wasm = folder.join("nexus_bg.wasm");
    let mut snippets = Vec::new();
    for path in files_below(&folder.join("snippets"))? {
        let content = fs::read(&path).map_err(Failure::while_doing("read", &path))?;
        snippets.push((path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned(), content));
    }
    Ok(BrowserSide {
        javascript: fs::read_to_string(&javascript).map_err(Failure::while_doing("read", &javascript))? + START,
        wasm: fs::read(&wasm).map_err(Failure::while_doing("read", &wasm))?,
        snippets,
    })
}

/// All files of a folder and of those in it, sorted; none when the folder is missing.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder).map_err(Failure::while_doing("read", folder))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
