//! The secrets of a second factor: made, sealed and compared.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, Encoding, Specification};
use totp_rs::{Builder, Totp};

use super::rules;
use crate::platform::incidents::Fault;
use crate::platform::sealing::Purpose;
use crate::platform::state::AppState;
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// What the app shows above the code.
const ISSUER: &str = "Nexus";
/// As RFC 4226 recommends: as long as the hash.
const SECRET_LENGTH: usize = 20;
/// Tells a new secret in a form from one of the table: neither can stand for the other.
const PENDING_TAG: &[u8] = b"pending two_factor|";
/// Crockford's base 32: no letter looks like a digit, and none of the words is rude.
const CROCKFORD: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The secret that an app and the server share.
pub struct Secret([u8; SECRET_LENGTH]);

impl Secret {
    /// A fresh one.
    pub fn generate(state: &AppState) -> Result<Self, Fault> {
        Ok(Self(state.randomness.bytes()?))
    }

    /// Seals it for the table.
    pub fn seal(&self, state: &AppState, user: UserId) -> Result<Vec<u8>, Fault> {
        state.keys.seal(Purpose::TwoFactorSecret, user.as_uuid(), &self.0, &state.randomness)
    }

    /// Opens one of the table.
    pub fn open(state: &AppState, user: UserId, sealed: &[u8]) -> Result<Self, Fault> {
        let opened = state.keys.open(Purpose::TwoFactorSecret, user.as_uuid(), sealed)?;
        Ok(Self(opened.try_into().map_err(|_| Fault::Sealed)?))
    }

    /// Seals it for the form on the page, with its time.
    pub fn seal_pending(&self, state: &AppState, user: UserId, now: Moment) -> Result<String, Fault> {
        let plain = [PENDING_TAG, &now.as_microseconds().to_be_bytes(), &self.0].concat();
        Ok(BASE64URL_NOPAD.encode(&state.keys.seal(Purpose::TwoFactorSecret, user.as_uuid(), &plain, &state.randomness)?))
    }

    /// Opens one that came back with the form. `None` when it is somebody else's, forged, or too old.
    pub fn open_pending(state: &AppState, user: UserId, sealed: &str, now: Moment) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let opened = state.keys.open(Purpose::TwoFactorSecret, user.as_uuid(), &sealed).ok()?;
        let (made_at, secret) = opened.strip_prefix(PENDING_TAG)?.split_first_chunk()?;
        let made_at = Moment::from_microseconds(i64::from_be_bytes(*made_at));
        let secret = secret.try_into().ok()?;
        rules::is_pending(made_at, now).then_some(Self(secret))
    }

    /// In base 32, and as the address that a QR code holds.
    pub fn shown(&self, account_name: &str) -> Result<(String, String), Fault> {
        Ok((BASE32_NOPAD.encode(&self.0), self.totp(account_name)?.to_url().map_err(unusable)?))
    }

    /// The time step of which this is the code, at most one before or after now.
    pub fn step_of(&self, code: &str, now: Moment) -> Result<Option<i64>, Fault> {
        let seconds = u64::try_from(now.as_microseconds() / 1_000_000).unwrap_or(0);
        Ok(self.totp("")?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
    }

    fn totp(&self, account_name: &str) -> Result<Totp, Fault> {
        Builder::new().with_secret(self.0.to_vec()).with_issuer(Some(ISSUER)).with_account_name(account_name).build().map_err(unusable)
    }
}

/// Fresh recovery codes, without hyphens.
pub(super) fn recovery_codes(state: &AppState) -> Result<Vec<String>, Fault> {
    let encoding = crockford()?;
    (0..rules::RECOVERY_CODES).map(|_| Ok(encoding.encode(&state.randomness.bytes::<{ rules::RECOVERY_CODE_LENGTH * 5 / 8 }>()?))).collect()
}

fn crockford() -> Result<Encoding, Fault> {
    let mut specification = Specification::new();
    specification.symbols.push_str(CROCKFORD);
    specification.encoding().map_err(unusable)
}

fn unusable(error: impl std::fmt::Display) -> Fault {
    Fault::Inconsistent { table: "two_factors", reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment::from_microseconds(1_800_000_000_000_000);

    fn code_at(secret: &Secret, moment: Moment) -> String {
        secret.totp("").unwrap().generate(u64::try_from(moment.as_microseconds() / 1_000_000).unwrap()).to_string()
    }

    #[test]
    fn a_code_counts_in_its_step_and_the_ones_beside_it() {
        let secret = Secret([7; SECRET_LENGTH]);
        let code = code_at(&secret, START);
        let step = secret.step_of(&code, START).unwrap();
        assert_eq!(step, Some(60_000_000));
        assert_eq!(secret.step_of(&code, START.plus(59)).unwrap(), step);
        assert_eq!(secret.step_of(&code, START.minus(30)).unwrap(), step);
        assert_eq!(secret.step_of(&code, START.plus(60)).unwrap(), None);
        assert_eq!(secret.step_of(&code, START.minus(31)).unwrap(), None);
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = Secret(*b"12345678901234567890");
        assert_eq!(secret.step_of("287082", Moment::from_microseconds(59_000_000)).unwrap(), Some(1));
    }

    #[test]
    fn recovery_codes_are_written_in_letters_that_read_back() {
        let written = crockford().unwrap().encode(&[0xff; 10]);
        assert_eq!(written, "Z".repeat(rules::RECOVERY_CODE_LENGTH));
        let all = crockford().unwrap().encode(&[0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]);
        assert_eq!(rules::read_recovery_code(&rules::grouped(&all, "-")).as_deref(), Ok(all.as_str()));
    }
}
