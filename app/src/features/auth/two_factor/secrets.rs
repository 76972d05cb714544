//! The secrets of a second factor: made, sealed, drawn and compared.

use std::fmt::Write;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, Encoding, Specification};
use fast_qr::{ECL, QRBuilder};
use totp_rs::{Builder, Totp};

use super::model::{PendingFactor, QrCode};
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
/// Light modules around a QR code (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;
/// Crockford's base 32: no letter looks like a digit, and none of the words is rude.
const CROCKFORD: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The secret that an app and the server share.
pub(super) struct Secret([u8; SECRET_LENGTH]);

impl Secret {
    /// A fresh one.
    pub(super) fn generate(state: &AppState) -> Result<Self, Fault> {
        Ok(Self(state.randomness.bytes()?))
    }

    /// Seals it for the table.
    pub(super) fn seal(&self, state: &AppState, user: UserId) -> Result<Vec<u8>, Fault> {
        state.keys.seal(Purpose::TwoFactorSecret, user.as_uuid(), &self.0, &state.randomness)
    }

    /// Opens one of the table.
    pub(super) fn open(state: &AppState, user: UserId, sealed: &[u8]) -> Result<Self, Fault> {
        let opened = state.keys.open(Purpose::TwoFactorSecret, user.as_uuid(), sealed)?;
        Ok(Self(opened.try_into().map_err(|_| Fault::Sealed)?))
    }

    /// Seals it for the form on the page, with its time.
    fn seal_pending(&self, state: &AppState, user: UserId, now: Moment) -> Result<String, Fault> {
        let plain = [PENDING_TAG, &now.as_microseconds().to_be_bytes(), &self.0].concat();
        Ok(BASE64URL_NOPAD.encode(&state.keys.seal(Purpose::TwoFactorSecret, user.as_uuid(), &plain, &state.randomness)?))
    }

    /// Opens one that came back with the form. `None` when it is somebody else's, forged, or too old.
    pub(super) fn open_pending(state: &AppState, user: UserId, sealed: &str, now: Moment) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let opened = state.keys.open(Purpose::TwoFactorSecret, user.as_uuid(), &sealed).ok()?;
        let (made_at, secret) = opened.strip_prefix(PENDING_TAG)?.split_first_chunk()?;
        let made_at = Moment::from_microseconds(i64::from_be_bytes(*made_at));
        let secret = secret.try_into().ok()?;
        rules::is_pending(made_at, now).then_some(Self(secret))
    }

    /// What the set-up page shows of it. `sealed` is kept where the page has shown this secret before.
    pub(super) fn pending(
        &self,
        state: &AppState,
        user: UserId,
        account_name: &str,
        sealed: Option<String>,
        now: Moment,
    ) -> Result<PendingFactor, Fault> {
        let url = self.totp(account_name)?.to_url().map_err(unusable)?;
        Ok(PendingFactor {
            sealed: match sealed {
                Some(sealed) => sealed,
                None => self.seal_pending(state, user, now)?,
            },
            secret: rules::grouped(&BASE32_NOPAD.encode(&self.0), " "),
            qr_code: draw(&url)?,
        })
    }

    /// In base 32, and as the address that a QR code holds.
    pub(super) fn shown(&self, account_name: &str) -> Result<(String, String), Fault> {
        Ok((BASE32_NOPAD.encode(&self.0), self.totp(account_name)?.to_url().map_err(unusable)?))
    }

    /// The time step of which this is the code, at most one before or after now.
    pub(super) fn step_of(&self, code: &str, now: Moment) -> Result<Option<i64>, Fault> {
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

/// Draws the dark modules as one path, run by run.
fn draw(text: &str) -> Result<QrCode, Fault> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| Fault::QrCode(error.to_string()))?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = code[row][column..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                // Writing to a text can't fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET_ZONE, row + QUIET_ZONE);
            }
            column += run.max(1);
        }
    }
    Ok(QrCode { side: code.size + 2 * QUIET_ZONE, path })
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
    fn a_qr_code_has_its_three_corners_and_a_quiet_zone() {
        let code = draw("otpauth://totp/Nexus:ann@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Nexus").unwrap();
        let far = code.side - QUIET_ZONE - 7;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(code.path.contains(&corner), "{corner}");
        }
    }

    #[test]
    fn recovery_codes_are_written_in_letters_that_read_back() {
        let written = crockford().unwrap().encode(&[0xff; 10]);
        assert_eq!(written, "Z".repeat(rules::RECOVERY_CODE_LENGTH));
        let all = crockford().unwrap().encode(&[0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]);
        assert_eq!(rules::read_recovery_code(&rules::grouped(&all, "-")).as_deref(), Ok(all.as_str()));
    }
}
