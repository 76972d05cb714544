//! Identifiers: one type per table, so that no query can mix them up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($name:ident, $documentation:literal) => {
        #[doc = $documentation]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID for what the caller knows it to be.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(UserId, "A person's account.");
id!(OrganizationId, "An organization.");
id!(MembershipId, "A person's membership of one organization, or the invitation that waits for it.");
id!(LinkId, "A mailed or copied link; its token is stored apart, as a digest.");
id!(ApplicationId, "An application that an organization's people open.");
id!(SessionId, "A signed-in browser.");
id!(MailId, "A queued mail.");

/// The reference number of a fault or a support request: short enough to read out, like `N7K3A-9QX2P`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
#[serde(try_from = "String", into = "String")]
pub struct IncidentId(String);

/// A text that is no reference number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A reference has ten letters and digits, like N7K3A-9QX2P.")]
pub struct IncidentIdError;

/// Crockford's base 32: no I, L, O or U, which are misread or misheard.
const CROCKFORD: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T',
    'V', 'W', 'X', 'Y', 'Z',
];
const INCIDENT_SYMBOLS: usize = 10;

impl IncidentId {
    /// Writes the lowest 50 of the given bits.
    pub fn from_bits(bits: u64) -> Self {
        let symbols = (0..INCIDENT_SYMBOLS).rev().map(|position| {
            let index = (bits >> (position * 5)) & 0b1_1111;
            CROCKFORD.get(usize::try_from(index).unwrap_or_default()).copied().unwrap_or('0')
        });
        Self(grouped(symbols))
    }

    /// The reference as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for IncidentId {
    type Err = IncidentIdError;

    /// Reads what somebody wrote down: any case, with or without the hyphen, `O` for `0`, `I` or `L` for `1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut symbols = Vec::with_capacity(INCIDENT_SYMBOLS);
        for character in text.trim().chars().filter(|character| *character != '-') {
            let symbol = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if symbols.len() == INCIDENT_SYMBOLS || !CROCKFORD.contains(&symbol) {
                return Err(IncidentIdError);
            }
            symbols.push(symbol);
        }
        if symbols.len() < INCIDENT_SYMBOLS {
            return Err(IncidentIdError);
        }
        Ok(Self(grouped(symbols.into_iter())))
    }
}

impl TryFrom<String> for IncidentId {
    type Error = IncidentIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<IncidentId> for String {
    fn from(incident: IncidentId) -> Self {
        incident.0
    }
}

fn grouped(symbols: impl Iterator<Item = char>) -> String {
    let mut text = String::with_capacity(INCIDENT_SYMBOLS + 1);
    for (position, symbol) in symbols.enumerate() {
        if position == INCIDENT_SYMBOLS / 2 {
            text.push('-');
        }
        text.push(symbol);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_travels_as_the_plain_uuid() {
        let id = UserId::from_uuid(Uuid::from_u128(7));
        let text = "00000000-0000-0000-0000-000000000007";
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<UserId>(&format!("\"{text}\"")).unwrap(), id);
        assert_eq!(text.parse::<UserId>().unwrap(), id);
        assert_eq!(id.to_string(), text);
        assert_eq!(id.as_uuid(), Uuid::from_u128(7));
    }

    #[test]
    fn text_that_is_no_uuid_is_no_id() {
        assert!("1; drop table users".parse::<OrganizationId>().is_err());
        assert!(serde_json::from_str::<OrganizationId>("\"seven\"").is_err());
    }

    #[test]
    fn ids_made_later_sort_later() {
        assert!(MailId::from_uuid(Uuid::from_u128(1)) < MailId::from_uuid(Uuid::from_u128(2)));
    }

    #[test]
    fn a_reference_has_ten_symbols_in_two_groups() {
        assert_eq!(IncidentId::from_bits(0).as_str(), "00000-00000");
        assert_eq!(IncidentId::from_bits(u64::MAX).as_str(), "ZZZZZ-ZZZZZ");
        assert_eq!(IncidentId::from_bits(31).as_str(), "00000-0000Z");
        assert_eq!(IncidentId::from_bits(1 << 45).as_str(), "10000-00000");
    }

    #[test]
    fn bits_above_the_fiftieth_change_nothing() {
        assert_eq!(IncidentId::from_bits(5), IncidentId::from_bits(5 | (1 << 50)));
    }

    #[test]
    fn a_reference_is_found_however_it_was_written_down() {
        let incident = IncidentId::from_bits(0b00001_00000_01010_11111_00001_00000_00000_00000_00000_00001);
        assert_eq!(incident.as_str(), "10AZ1-00001");
        for written in ["10az100001", " 1OAZ1-OOOOI ", "lOaZi-ooool"] {
            assert_eq!(written.parse::<IncidentId>(), Ok(incident.clone()), "{written}");
        }
    }

    #[test]
    fn other_text_is_no_reference() {
        for text in ["", "10AZ1-0000", "10AZ1-000011", "10AZ1-0000U", "10AZ1-0000é", "<script>"] {
            assert_eq!(text.parse::<IncidentId>(), Err(IncidentIdError), "{text}");
        }
        assert!(serde_json::from_str::<IncidentId>("\"<script>\"").is_err());
    }
}
