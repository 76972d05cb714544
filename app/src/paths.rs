//! Every address of Nexus as a function: used by links, redirects and mails.

use std::fmt::Display;

/// The home page.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// The code page after the password.
pub const TWO_FACTOR: &str = "/two-factor";
/// The person's own account.
pub const ACCOUNT: &str = "/account";
/// Setting up two-factor authentication.
pub const ACCOUNT_TWO_FACTOR: &str = "/account/two-factor";
/// Creating the first person and organization.
pub const SET_UP: &str = "/set-up";
/// The page of an invitation's link.
pub const COMPLETE: &str = "/complete";
/// The list of guides.
pub const HELP: &str = "/help";
/// Choosing the colors; takes a form and leads back.
pub const THEME: &str = "/theme";
/// Mail that was delivered while no mail server is set.
pub const DEVELOPMENT_MAILBOX: &str = "/dev/mailbox";

/// Signing in, and going on to `next` afterwards.
pub fn sign_in_then(next: &str) -> String {
    format!("{SIGN_IN}?{}", query(&[("next", next)]))
}

/// The code page after the password, and going on to `next` afterwards.
pub fn two_factor_then(next: &str) -> String {
    format!("{TWO_FACTOR}?{}", query(&[("next", next)]))
}

/// The code page asking for a recovery code instead, and going on to `next` afterwards.
pub fn two_factor_recovery_then(next: &str) -> String {
    format!("{TWO_FACTOR}?{}", query(&[("recovery", "1"), ("next", next)]))
}

/// Setting up two-factor authentication, and going on to `next` afterwards.
pub fn account_two_factor_then(next: &str) -> String {
    format!("{ACCOUNT_TWO_FACTOR}?{}", query(&[("next", next)]))
}

/// The set-up page of a one-time link.
pub fn set_up(token: &str) -> String {
    format!("{SET_UP}?{}", query(&[("token", token)]))
}

/// The page of an invitation's link.
pub fn complete(token: &str) -> String {
    format!("{COMPLETE}?{}", query(&[("token", token)]))
}

/// A guide of the help pages.
pub fn help(guide: &str) -> String {
    format!("{HELP}/{guide}")
}

/// An organization's first page.
pub fn organization(slug: &impl Display) -> String {
    format!("/organizations/{slug}")
}

/// Confirming that one leaves an organization.
pub fn leave_organization(slug: &impl Display) -> String {
    format!("/organizations/{slug}/leave")
}

/// The organization that `path` belongs to: the second part of `/organizations/<slug>/…`.
pub fn organization_in(path: &str) -> Option<&str> {
    let slug = path.strip_prefix("/organizations/")?.split('/').next()?;
    (!slug.is_empty() && slug != "new").then_some(slug)
}

/// An organization's people.
pub fn members(slug: &impl Display) -> String {
    format!("/organizations/{slug}/members")
}

/// An organization's people, narrowed to those that `search` finds.
pub fn members_found(slug: &impl Display, search: &str) -> String {
    format!("/organizations/{slug}/members?{}", query(&[("search", search)]))
}

/// The outcome that the list of people tells after an invitation was cancelled.
pub const INVITATION_CANCELLED: &str = "invitation-cancelled";

/// The outcome that the home page tells after an invitation was declined.
pub const INVITATION_DECLINED: &str = "invitation-declined";

/// The list of an organization's people that `next` says, with its search and page; any other address becomes the whole list.
pub fn members_or(slug: &impl Display, next: &str) -> String {
    let list = members(slug);
    let is_list = next.strip_prefix(&list).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'));
    if is_list && is_own_page(next) { next.to_owned() } else { list }
}

/// The same page, told what was done.
pub fn with_outcome(page: String, outcome: &str) -> String {
    let separator = if page.contains('?') { '&' } else { '?' };
    format!("{page}{separator}{}", query(&[("done", outcome)]))
}

/// Inviting people to an organization.
pub fn invite_members(slug: &impl Display) -> String {
    format!("/organizations/{slug}/members/invite")
}

/// What can be done with somebody, as their list calls it: beside its own address, so that a row stays short. With `next`, a query says
/// to which part of the list the page leads back.
pub fn member_actions_from_list(member: &impl Display) -> String {
    format!("members/{member}/actions")
}

/// Confirming that somebody is deactivated, and going on to the list `next`.
pub fn deactivate_member(slug: &impl Display, member: &impl Display, next: &str) -> String {
    format!("/organizations/{slug}/members/{member}/deactivate?{}", query(&[("next", next)]))
}

/// Confirming that an invitation is cancelled, and going on to the list `next`.
pub fn cancel_invitation(slug: &impl Display, member: &impl Display, next: &str) -> String {
    format!("/organizations/{slug}/members/{member}/cancel-invitation?{}", query(&[("next", next)]))
}

/// Opening an application.
pub fn open_application(application: &impl Display) -> String {
    format!("/applications/{application}/open")
}

/// One delivered mail of the development mailbox.
pub fn development_mail(mail: &impl Display) -> String {
    format!("{DEVELOPMENT_MAILBOX}/{mail}")
}

/// Whether `path` is an address of this site that a browser may be sent to: never another host, never a
/// line break, never a server function (CWE-601; `//host` and `/\host` are other hosts to a browser).
pub fn is_own_page(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/api/")
        && path.len() <= 2_000
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// `next` if it is an own page, else the home page.
pub fn own_page_or_home(next: &str) -> &str {
    if is_own_page(next) { next } else { HOME }
}

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_are_gone_on_to() {
        for own in ["/", "/organizations/acme/members?search=ann", "/account"] {
            assert!(is_own_page(own), "{own}");
        }
        for foreign in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/api/sign_in",
            "javascript:alert(1)",
            "/\tx",
        ] {
            assert!(!is_own_page(foreign), "{foreign:?}");
        }
    }

    #[test]
    fn an_address_tells_its_organization() {
        assert_eq!(organization_in("/organizations/acme"), Some("acme"));
        assert_eq!(organization_in("/organizations/acme/members/7"), Some("acme"));
        for path in ["/", "/organizations", "/organizations/", "/organizations/new", "/account"] {
            assert_eq!(organization_in(path), None, "{path}");
        }
    }

    #[test]
    fn one_goes_back_to_a_list_of_the_same_organization_and_nowhere_else() {
        for list in ["/organizations/acme/members", "/organizations/acme/members?search=ann&size=25"] {
            assert_eq!(members_or(&"acme", list), list);
        }
        for other in
            ["", "/", "/organizations/globex/members", "/organizations/acme/membersx", "//evil.example", "/organizations/acme/members?\r\n"]
        {
            assert_eq!(members_or(&"acme", other), "/organizations/acme/members", "{other:?}");
        }
        assert_eq!(with_outcome("/a".to_owned(), "done"), "/a?done=done");
        assert_eq!(with_outcome("/a?b=c".to_owned(), "done"), "/a?b=c&done=done");
    }

    #[test]
    fn a_search_in_an_address_is_encoded() {
        assert_eq!(members_found(&"acme", "ann&x=1"), "/organizations/acme/members?search=ann%26x%3D1");
    }
}
