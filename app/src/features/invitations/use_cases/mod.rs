//! The short stories of invitations: how people are asked, and what is done with an invitation that waits.

mod changing;
mod inviting;

pub use changing::{cancel, preview_cancellation, send_again};
pub use changing::{lapse_sensitive_offers, withdraw};
pub use inviting::{invite, read_invite_page};
