//! The mailbox on the screen.

mod mailbox_page;

pub use mailbox_page::MailboxPage;
