//! Which organization is the current one; pure.

use super::model::ViewerOrganization;
use crate::paths;

/// The one in the address, else the one opened last, else the first; only of those given.
pub fn current_organization<'viewer>(
    path: &str,
    last_opened: Option<&str>,
    organizations: &'viewer [ViewerOrganization],
) -> Option<&'viewer ViewerOrganization> {
    let named = |slug: &str| organizations.iter().find(|organization| organization.slug == slug);
    paths::organization_in(path).and_then(named).or_else(|| last_opened.and_then(named)).or_else(|| organizations.first())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::permissions::Role;

    fn organizations(slugs: &[&str]) -> Vec<ViewerOrganization> {
        let organization = |slug: &&str| ViewerOrganization {
            slug: (*slug).to_owned(),
            name: slug.to_uppercase(),
            role: Role::User,
            held: Role::User.permissions(),
        };
        slugs.iter().map(organization).collect()
    }

    fn current(path: &str, last_opened: Option<&str>) -> Option<String> {
        current_organization(path, last_opened, &organizations(&["acme", "beta", "gamma"])).map(|current| current.slug.clone())
    }

    #[test]
    fn the_address_decides_first() {
        assert_eq!(current("/organizations/beta/members", Some("gamma")).as_deref(), Some("beta"));
    }

    #[test]
    fn elsewhere_it_is_the_one_opened_last() {
        assert_eq!(current("/account", Some("gamma")).as_deref(), Some("gamma"));
    }

    #[test]
    fn an_organization_that_one_is_no_member_of_is_never_named() {
        assert_eq!(current("/organizations/foreign", Some("beta")).as_deref(), Some("beta"));
        assert_eq!(current("/", Some("foreign")).as_deref(), Some("acme"));
        assert_eq!(current_organization("/organizations/beta", Some("beta"), &[]), None);
    }
}
