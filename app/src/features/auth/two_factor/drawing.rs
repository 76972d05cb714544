//! What the set-up page shows of a new secret.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use super::model::{PendingFactor, QrCode};
use crate::features::auth::codes::{Secret, rules};
use crate::platform::incidents::Fault;

/// Light modules around a QR code (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// A secret for typing and for scanning, with its sealed form for the page.
pub(super) fn pending_factor(secret: &Secret, account_name: &str, sealed: String) -> Result<PendingFactor, Fault> {
    let (text, url) = secret.shown(account_name)?;
    Ok(PendingFactor { sealed, secret: rules::grouped(&text, " "), qr_code: draw(&url)? })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_has_its_three_corners_and_a_quiet_zone() {
        let code = draw("otpauth://totp/Nexus:ann@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Nexus").unwrap();
        let far = code.side - QUIET_ZONE - 7;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(code.path.contains(&corner), "{corner}");
        }
    }
}
