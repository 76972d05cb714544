//! What travels about the second factor.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::moment::Moment;
use crate::values::secret::secret_debug;

/// A code after the password, of the app or for recovery.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeForm {
    /// The code.
    #[serde(default)]
    pub code: String,
    /// The page to go on to.
    #[serde(default)]
    pub next: String,
}

/// Turning the factor on.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnOnForm {
    /// The new secret, sealed.
    #[serde(default)]
    pub pending: String,
    /// A code of the new secret.
    #[serde(default)]
    pub code: String,
}

/// What is known of the own second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnFactor {
    /// There is none yet.
    NotSetUp {
        /// Whether something that the person holds demands one.
        is_owed: bool,
        /// Whether the password must be proved again.
        asks_password: bool,
        /// A secret that could become it.
        pending: PendingFactor,
    },
    /// It is set up.
    SetUp {
        /// Since when.
        since: Moment,
        /// Recovery codes that are left.
        unused_recovery_codes: i64,
    },
}

impl Outcome for OwnFactor {}

/// A new secret, before a code has proved that an app holds it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingFactor {
    /// Sealed, to come back with the form.
    pub sealed: String,
    /// To be typed into an app, in groups of four.
    pub secret: String,
    /// To be scanned by an app.
    pub qr_code: QrCode,
}

/// A QR code as a drawing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules of a side, with the quiet zone.
    pub side: usize,
    /// The dark modules, as the `d` of an SVG path.
    pub path: String,
}

/// Recovery codes, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// In groups.
    pub codes: Vec<String>,
}

impl Outcome for RecoveryCodes {}

secret_debug!(CodeForm, TurnOnForm, PendingFactor, QrCode, RecoveryCodes);
