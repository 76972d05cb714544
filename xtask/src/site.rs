//! The files that browsers get, as `target/site` holds them and the program embeds them.
//!
//! Each name holds a hash of the content, so browsers may keep a file forever. `manifest.json` says which name is current:
//! `{"js": "pkg/nexus.<hash>.js", "wasm": …, "css": …, "assets": {"icons.svg": "assets/icons.<hash>.svg", …}}`.
//! A style sheet names an asset by its plain address, `url(/assets/icons.svg)`; the hash is put in here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::{BrowserSide, files_below};
use crate::compress::{brotli, fingerprint, gzip, is_worthwhile};
use crate::steps::{Failure, step};
use crate::workspace::SITE;

/// Copied as they are.
const ASSETS: &str = "style/assets";
/// Names the current files.
const MANIFEST: &str = "manifest.json";

/// Files by their path in the site.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes sure that there is a site to compile the program with, if only an empty one.
pub fn ensure() -> Result<(), Failure> {
    let manifest = Path::new(SITE).join(MANIFEST);
    if manifest.exists() {
        return Ok(());
    }
    let empty = serde_json::json!({ "js": "", "wasm": "", "css": "", "assets": {} });
    write(&manifest, format!("{empty:#}\n").as_bytes())
}

/// Brings `target/site` up to date, touching only what changed. Says what each file weighs as browsers get it.
pub fn write_all(browser: BrowserSide, styles: &str) -> Result<BTreeMap<String, usize>, Failure> {
    let mut files = Files::new();
    let assets = assets(&mut files)?;
    let mut css = styles.to_owned();
    for (plain, hashed) in &assets {
        css = css.replace(&format!("/assets/{plain}"), &format!("/{hashed}"));
    }
    let css = add(&mut files, "pkg/nexus.css", css.into_bytes());
    let wasm = add(&mut files, "pkg/nexus.wasm", browser.wasm);
    let wasm_name = wasm.trim_start_matches("pkg/");
    let javascript = add(&mut files, "pkg/nexus.js", browser.javascript.replace("nexus_bg.wasm", wasm_name).into_bytes());
    for (path, content) in browser.snippets {
        // The JavaScript imports these by name; the folder's name holds a hash already.
        files.insert(format!("pkg/{path}"), content);
    }
    let manifest = serde_json::json!({ "js": javascript, "wasm": wasm, "css": css, "assets": assets });

    let names: Vec<String> = files.keys().cloned().collect();
    step("compress", || update(files, format!("{manifest:#}\n").as_bytes()))?;
    weights(&names)
}

/// The bytes of each file as browsers get it, by its name without the hash.
fn weights(names: &[String]) -> Result<BTreeMap<String, usize>, Failure> {
    let weigh = |name: &String| {
        let path = Path::new(SITE).join(name);
        let path = if is_worthwhile(name) { with_ending(&path, "br") } else { path };
        Ok((plain(name), fs::read(&path).map_err(Failure::while_doing("read", &path))?.len()))
    };
    names.iter().map(weigh).collect()
}

/// `pkg/nexus.1f0c….css` becomes `pkg/nexus.css`.
fn plain(name: &str) -> String {
    match name.rsplitn(3, '.').collect::<Vec<_>>()[..] {
        [ending, hash, stem] if hash.len() == 16 => format!("{stem}.{ending}"),
        _ => name.to_owned(),
    }
}

/// Adds a file under a name with its hash, and returns that name.
fn add(files: &mut Files, name: &str, content: Vec<u8>) -> String {
    let hash = fingerprint(&[&content]);
    let hashed = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    };
    files.insert(hashed.clone(), content);
    hashed
}

/// Adds the assets, and returns their names without and with the hash.
fn assets(files: &mut Files) -> Result<BTreeMap<String, String>, Failure> {
    let mut names = BTreeMap::new();
    for path in files_below(Path::new(ASSETS))? {
        let plain = path.strip_prefix(ASSETS).unwrap_or(&path).to_string_lossy().into_owned();
        let content = fs::read(&path).map_err(Failure::while_doing("read", &path))?;
        let hashed = add(files, &format!("assets/{plain}"), content);
        names.insert(plain, hashed);
    }
    Ok(names)
}

/// Writes what is new, and removes what is old.
fn update(files: Files, manifest: &[u8]) -> Result<(), Failure> {
    let site = Path::new(SITE);
    let mut wanted: Vec<PathBuf> = vec![site.join(MANIFEST)];
    for (name, content) in files {
        let path = site.join(&name);
        let twins = [with_ending(&path, "br"), with_ending(&path, "gz")];
        wanted.push(path.clone());
        if is_worthwhile(&name) {
            wanted.extend(twins.clone());
        }
        // The name holds the content's hash, and the file is written after its twins: where it exists, all is done.
        if path.exists() {
            continue;
        }
        if is_worthwhile(&name) {
            let [brotli_twin, gzip_twin] = twins;
            write(&brotli_twin, &brotli(&content)?)?;
            write(&gzip_twin, &gzip(&content)?)?;
        }
        write(&path, &content)?;
    }
    for path in files_below(site)?.into_iter().filter(|path| !wanted.contains(path)) {
        fs::remove_file(&path).map_err(Failure::while_doing("remove", &path))?;
    }
    // Last, and only when it differs: the program is compiled again when this file changes.
    let manifest_path = site.join(MANIFEST);
    if fs::read(&manifest_path).unwrap_or_default() != manifest {
        write(&manifest_path, manifest)?;
    }
    Ok(())
}

/// Writes a file whole or not at all.
fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Failure::while_doing("make", folder))?;
    let unfinished = with_ending(path, "unfinished");
    fs::write(&unfinished, content).map_err(Failure::while_doing("write", &unfinished))?;
    fs::rename(&unfinished, path).map_err(Failure::while_doing("write", path))
}

/// `nexus.js` becomes `nexus.js.br`.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
