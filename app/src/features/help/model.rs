//! Which guides there are.

/// A guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// From the invitation's mail to the first page.
    SigningIn,
    /// Authenticator apps, recovery codes, a lost phone.
    TwoFactor,
    /// Inviting people and withdrawing access.
    ManagingPeople,
    /// Roles and what each permission means.
    Permissions,
}

impl Guide {
    /// Every guide, in the order of the list.
    pub const ALL: [Self; 4] = [Self::SigningIn, Self::TwoFactor, Self::ManagingPeople, Self::Permissions];

    /// Its part of addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SigningIn => "signing-in",
            Self::TwoFactor => "two-factor",
            Self::ManagingPeople => "managing-people",
            Self::Permissions => "permissions",
        }
    }

    /// Reads a part of an address that [`Guide::slug`] gave.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|guide| guide.slug() == slug)
    }

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::SigningIn => "Signing in for the first time",
            Self::TwoFactor => "Two-factor",
            Self::ManagingPeople => "Managing people",
            Self::Permissions => "Permissions",
        }
    }

    /// What it is about, in one sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SigningIn => "From the mail that invites you to the first page you see.",
            Self::TwoFactor => "Setting up an authenticator app, keeping recovery codes, and what to do without your phone.",
            Self::ManagingPeople => "Inviting people, following their invitations, and withdrawing access.",
            Self::Permissions => "What the roles contain and what each permission allows.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guide_is_found_by_its_address_and_no_other_is() {
        for guide in Guide::ALL {
            assert_eq!(Guide::parse(guide.slug()), Some(guide));
        }
        assert_eq!(Guide::parse("unknown"), None);
        assert_eq!(Guide::parse(""), None);
    }
}
