//! Compresses pages and the answers of server functions, each as a whole: they are complete before the first byte goes out, so
//! that the encoder is told their size and takes no more memory than they need. That is most of what compressing costs.

use std::io::Write;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::codings;

/// The quickest first; each at the quickest level that stays within a tenth of the bytes of brotli's fourth, on a list of members.
const CODINGS: [&str; 3] = ["zstd", "br", "gzip"];
const ZSTD_LEVEL: i32 = 3;
const BROTLI_LEVEL: i32 = 3;
const GZIP_LEVEL: u32 = 4;
/// Below, it isn't worth its headers.
const SMALLEST: usize = 512;

/// Codes the answer as the client wants it.
pub async fn layer(request: Request, next: Next) -> Response {
    let coding = codings::wanted(request.headers(), &CODINGS);
    let mut response = next.run(request).await;
    if !is_text(&response) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let Some(coding) = coding else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    let plain = match to_bytes(body, usize::MAX).await {
        Ok(plain) => plain,
        Err(error) => {
            tracing::warn!(%error, "an answer broke off");
            return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let coded = if plain.len() < SMALLEST { None } else { encode(&plain, coding) };
    let body = match coded {
        Some(coded) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            parts.headers.remove(header::CONTENT_LENGTH);
            coded.into()
        }
        None => plain,
    };
    Response::from_parts(parts, Body::from(body))
}

/// Whether it is made for this request and read at once: files have their own codings, and downloads may be long.
fn is_text(response: &Response) -> bool {
    let headers = response.headers();
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    (media_type.starts_with("text/html") || media_type.starts_with("application/json"))
        && !headers.contains_key(header::CONTENT_ENCODING)
        && !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// `None` where an encoder fails: the plain bytes are as good.
fn encode(plain: &Bytes, coding: &str) -> Option<Vec<u8>> {
    let coded = match coding {
        "zstd" => zstd::bulk::compress(plain, ZSTD_LEVEL),
        "br" => brotli(plain),
        _ => gzip(plain),
    };
    coded.inspect_err(|error| tracing::warn!(%error, coding, "an answer could not be compressed")).ok()
}

fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    // The window holds the whole answer and no more: an encoder clears all of it before it begins.
    let window = (plain.len() + 16).next_power_of_two().ilog2().clamp(16, 22);
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_LEVEL,
        lgwin: i32::try_from(window).unwrap_or(22),
        size_hint: plain.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut coded = Vec::with_capacity(plain.len() / 4);
    brotli::BrotliCompress(&mut &*plain, &mut coded, &params)?;
    Ok(coded)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(plain.len() / 4), flate2::Compression::new(GZIP_LEVEL));
    encoder.write_all(plain)?;
    encoder.finish()
}
