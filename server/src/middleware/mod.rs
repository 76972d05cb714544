//! Layers around every request, outermost first: request id, security headers, compression, host, cross-site guard, session.

pub mod compression;
pub mod cross_site;
pub mod host;
pub mod request_id;
pub mod security_headers;
pub mod sessions;
