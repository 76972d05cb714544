//! The styles: one file from style/main.css and what it imports.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::steps::Failure;

/// Imports only, in order.
const MAIN: &str = "style/main.css";

/// Bundles and minifies the styles. An error is an error: a browser would silently drop the rest of the rule.
pub fn bundle() -> Result<String, Failure> {
    let main = Path::new(MAIN);
    if !main.exists() {
        return Err(Failure::new(format!("{MAIN} is missing.")));
    }
    let files = FileProvider::new();
    let failed = |words: String| Failure::new(format!("The styles have a mistake. {words}"));
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(main).map_err(|error| failed(error.to_string()))?;
    let targets = Targets { browsers: Some(supported()), ..Targets::default() };
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| failed(error.to_string()))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    printed.map(|css| css.code).map_err(|error| failed(error.to_string()))
}

/// The oldest supported browsers: they know nesting, `light-dark()` and `oklch()`, so these are kept as written.
fn supported() -> Browsers {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Browsers { chrome: version(125, 0), firefox: version(128, 0), safari: version(17, 5), ios_saf: version(17, 5), ..Browsers::default() }
}
