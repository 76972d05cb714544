//! What a text input is for.

/// What a text input is for; sets its type, keyboard and autofill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// A username or an e-mail address.
    Identifier,
    /// A person's given name.
    GivenName,
    /// A person's family name.
    FamilyName,
    /// A username being chosen.
    Username,
    /// An organization's name.
    Organization,
    /// A code from an authenticator app.
    OneTimeCode,
    /// A recovery code.
    RecoveryCode,
}

impl FieldKind {
    pub(super) const fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            _ => "text",
        }
    }

    pub(super) const fn autocomplete(self) -> &'static str {
        match self {
            Self::Text | Self::RecoveryCode => "off",
            Self::Email => "email",
            Self::Identifier | Self::Username => "username",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Organization => "organization",
            Self::OneTimeCode => "one-time-code",
        }
    }

    pub(super) const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::OneTimeCode => Some("numeric"),
            Self::Email => Some("email"),
            _ => None,
        }
    }

    pub(super) const fn is_machine_text(self) -> bool {
        !matches!(self, Self::Text | Self::GivenName | Self::FamilyName | Self::Organization)
    }
}
