//! What is delivered.

use crate::platform::letter::RenderedLetter;
use crate::values::email_address::EmailAddress;
use crate::values::ids::MailId;
use crate::values::moment::Moment;

/// A mail on its way out.
pub struct OutgoingMail {
    /// Identifies the mail; also in its `Message-ID`.
    pub id: MailId,
    /// The only person who gets it.
    pub recipient: EmailAddress,
    /// When it was written.
    pub written_at: Moment,
    /// What it says.
    pub letter: RenderedLetter,
}
