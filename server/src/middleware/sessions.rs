//! From cookies to the request's context, and back.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use app::platform::request::{CookieChange, Origin, RequestContext};
use app::platform::settings::Settings;
use app::platform::state::AppState;
use app::values::token::{Token, TokenPurpose};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use ipnetwork::IpNetwork;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Browsers keep no cookie longer than this.
const REMEMBERED_SECONDS: i64 = 400 * 86_400;
const LONGEST_USER_AGENT: usize = 300;

/// What the layer knows besides the shared state.
#[derive(Clone)]
pub struct SessionLayer {
    /// The program's shared parts.
    pub state: AppState,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<[IpNetwork]>,
}

/// Puts the [`RequestContext`] into the request, and the cookies that changed into the answer.
pub async fn layer(State(layer): State<SessionLayer>, mut request: Request, next: Next) -> Response {
    let settings = Arc::clone(&layer.state.settings);
    let jar = CookieJar::from_headers(request.headers());
    let token = |name: &str, purpose| jar.get(name).and_then(|cookie| Token::parse_for(purpose, cookie.value()).ok());
    let cookies = Arc::new(Mutex::new(Vec::new()));
    let context = RequestContext {
        session: token(settings.session_cookie(), TokenPurpose::Session),
        browser: token(settings.browser_cookie(), TokenPurpose::Browser),
        origin: origin(&request, &layer.trusted_proxies),
        cookies: Arc::clone(&cookies),
        state: layer.state,
    };
    request.extensions_mut().insert(context);

    let mut response = next.run(request).await;

    let changes = cookies.lock().map(|mut changes| std::mem::take(&mut *changes)).unwrap_or_default();
    for change in changes {
        apply(&settings, response.headers_mut(), &change);
    }
    response
}

fn apply(settings: &Settings, headers: &mut HeaderMap, change: &CookieChange) {
    let cookie = match change {
        CookieChange::SignIn(token) => cookie(settings, settings.session_cookie(), token.expose().to_owned()),
        CookieChange::SignOut => {
            headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
            let mut ended = cookie(settings, settings.session_cookie(), String::new());
            ended.set_max_age(cookie_age(0));
            ended
        }
        CookieChange::Remember(token) => {
            let mut remembered = cookie(settings, settings.browser_cookie(), token.expose().to_owned());
            remembered.set_max_age(cookie_age(REMEMBERED_SECONDS));
            remembered
        }
    };
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

fn cookie(settings: &Settings, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).http_only(true).secure(settings.is_https).same_site(SameSite::Lax).path("/").build()
}

fn cookie_age(seconds: i64) -> time::Duration {
    time::Duration::seconds(seconds)
}

fn origin(request: &Request, trusted: &[IpNetwork]) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let user_agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .map(|agent| agent.chars().filter(|character| !character.is_control()).take(LONGEST_USER_AGENT).collect());
    Origin { network: peer.map(|peer| IpNetwork::from(client_address(peer, request.headers(), trusted))), user_agent }
}

/// The client's address: the last one in `X-Forwarded-For` that is not a trusted proxy, and only if the peer is one.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNetwork]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    let mut client = peer;
    let forwarded = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    for part in forwarded.rsplit(',').map(str::trim).filter(|part| !part.is_empty()) {
        let Ok(address) = part.parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !is_trusted(client) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(FORWARDED_FOR, HeaderValue::from_static(value))])
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxy: IpNetwork = "10.0.0.0/8".parse().unwrap();
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        let inside: IpAddr = "10.1.2.3".parse().unwrap();
        assert_eq!(client_address(stranger, &forwarded("198.51.100.1"), &[proxy]), stranger);
        assert_eq!(client_address(inside, &forwarded("198.51.100.1"), &[proxy]), "198.51.100.1".parse::<IpAddr>().unwrap());
        assert_eq!(
            client_address(inside, &forwarded("6.6.6.6, 198.51.100.1, 10.0.0.7"), &[proxy]),
            "198.51.100.1".parse::<IpAddr>().unwrap()
        );
        assert_eq!(client_address(inside, &forwarded("nonsense"), &[proxy]), inside);
    }
}
