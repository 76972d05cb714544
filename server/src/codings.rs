//! In which coding a client wants its answer (RFC 9110 §12.5.3).

use axum::http::{HeaderMap, header};

/// The one of `offered`, the best first, that the client wants most; `None` where it wants the plain bytes.
pub fn wanted<'offered>(headers: &HeaderMap, offered: &[&'offered str]) -> Option<&'offered str> {
    let wishes: Vec<(&str, u16)> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(wish)
        .collect();
    let of = |coding: &str| wishes.iter().find(|(named, _)| named.eq_ignore_ascii_case(coding)).map(|(_, weight)| *weight);
    let any = of("*").unwrap_or(0);
    // Whoever says nothing about the plain bytes takes them, but rather something shorter.
    let plain = of("identity").unwrap_or(1);
    let weighed = offered.iter().rev().map(|coding| (*coding, of(coding).unwrap_or(any)));
    weighed.filter(|(_, weight)| *weight >= plain.max(1)).max_by_key(|(_, weight)| *weight).map(|(coding, _)| coding)
}

/// A coding and its weight in thousandths; nothing where the weight can't be read.
fn wish(part: &str) -> Option<(&str, u16)> {
    let mut parameters = part.split(';').map(str::trim);
    let coding = parameters.next()?;
    let weight = match parameters.next() {
        None => 1_000,
        Some(parameter) => thousandths(parameter.strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim_start())?,
    };
    Some((coding, weight))
}

/// Between 0 and 1, with up to three places.
fn thousandths(number: &str) -> Option<u16> {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() != 1 || places.len() > 3 {
        return None;
    }
    format!("{whole}{places:0<3}").parse().ok().filter(|weight| *weight <= 1_000)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn wanted_of(accepted: &'static str) -> Option<&'static str> {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        wanted(&headers, &["zstd", "br", "gzip"])
    }

    #[test]
    fn the_first_that_is_wanted_most_is_taken() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Some("zstd")),
            ("gzip, deflate, br", Some("br")),
            ("GZIP", Some("gzip")),
            ("gzip;q=1.0, br;q=0.5, zstd;q=0.999", Some("gzip")),
            ("zstd;q=0, br ; q=0.000, gzip;Q=0.1", Some("gzip")),
            ("*", Some("zstd")),
            ("*;q=0.5, zstd;q=0", Some("br")),
            ("identity;q=0, gzip;q=0.001", Some("gzip")),
        ] {
            assert_eq!(wanted_of(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn what_nobody_asked_for_is_not_coded() {
        for accepted in [
            "",
            "deflate",
            "identity",
            "identity, gzip;q=0.5",
            "gzip;q=0",
            "*;q=0",
            "gzip;q=2",
            "gzip;q=0.1234",
            "gzip;level=9",
            "gzip;q=-1",
        ] {
            assert_eq!(wanted_of(accepted), None, "{accepted}");
        }
        assert_eq!(wanted(&HeaderMap::new(), &["gzip"]), None);
    }
}
