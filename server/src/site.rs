//! The site's files: script, WASM, stylesheet and pictures, embedded in the program.

use std::sync::OnceLock;

use app::ui::SiteAssets;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::codings;

/// What `cargo xtask build` left in `target/site`.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    assets: std::collections::BTreeMap<String, String>,
}

/// Addresses of the files that a page needs.
pub fn assets() -> &'static SiteAssets {
    static ASSETS: OnceLock<SiteAssets> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let manifest = Site::get("manifest.json").and_then(|file| serde_json::from_slice::<Manifest>(&file.data).ok());
        let Some(manifest) = manifest else {
            tracing::warn!("the site's files are not built; `cargo xtask build` builds them");
            let missing = || "/pkg/missing".to_owned();
            return SiteAssets {
                js: missing(),
                wasm: missing(),
                css: missing(),
                icons: missing(),
                favicon: missing(),
                release: String::new(),
            };
        };
        let address = |path: &str| format!("/{path}");
        let asset = |name: &str| manifest.assets.get(name).map_or_else(|| "/assets/missing".to_owned(), |path| address(path));
        let hashes = [&manifest.js, &manifest.wasm, &manifest.css].map(|name| name.rsplit('.').nth(1).unwrap_or_default());
        SiteAssets {
            release: hashes.join("-"),
            js: address(&manifest.js),
            wasm: address(&manifest.wasm),
            css: address(&manifest.css),
            icons: asset("icons.svg"),
            favicon: asset("favicon.svg"),
        }
    })
}

/// Serves a file of `/pkg`.
pub async fn package_file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve(&format!("pkg/{path}"), &headers, true)
}

/// Serves a file of `/assets`, under its name with or without the content's hash.
pub async fn asset_file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let hashed = match path.as_str() {
        "icons.svg" => Some(&assets().icons),
        "favicon.svg" => Some(&assets().favicon),
        _ => None,
    };
    match hashed {
        Some(address) => serve(address.trim_start_matches('/'), &headers, false),
        None => serve(&format!("assets/{path}"), &headers, true),
    }
}

fn serve(path: &str, headers: &HeaderMap, immutable: bool) -> Response {
    // Twins and the manifest are not files of their own.
    let Some(media_type) = media_type(path) else {
        return not_found();
    };
    let Some((file, encoding)) = best_encoding(path, headers) else {
        return not_found();
    };
    let tag = format!("\"{}\"", data_encoding::BASE64URL_NOPAD.encode(&file.metadata.sha256_hash()[..12]));
    let caching = if immutable { "public, max-age=31536000, immutable" } else { "public, max-age=300, must-revalidate" };
    let mut answer_headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ]);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer_headers.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding {
        answer_headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, answer_headers).into_response();
    }
    (answer_headers, file.data).into_response()
}

fn best_encoding(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let twin = codings::wanted(headers, &["br", "gzip"])
        .and_then(|coding| Some((Site::get(&format!("{path}.{}", if coding == "gzip" { "gz" } else { coding }))?, Some(coding))));
    twin.or_else(|| Site::get(path).map(|file| (file, None)))
}

fn media_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml; charset=utf-8"),
        "png" => Some("image/png"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

fn not_found() -> Response {
    (
        StatusCode::NOT_FOUND,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
        "There is no such file.",
    )
        .into_response()
}
