//! Use cases of organizations against a real database.

mod overview;
mod writing;

use super::model::{MessageForm, MessageSent, Overview};
use super::refusal::MessageRefusal;
use super::{rules, use_cases};
use crate::failure::{Failure, NoRefusal};
use crate::features::memberships::rules::LastAdministrator;
use crate::features::permissions::Role;
use crate::testing::{Browser, World};

async fn overview(browser: &Browser) -> Result<Overview, Failure<NoRefusal>> {
    browser.does(|request| use_cases::read_overview(request, "acme".to_owned())).await
}

async fn write(browser: &Browser, message: &str) -> Result<MessageSent, Failure<MessageRefusal>> {
    let form = MessageForm { message: message.to_owned() };
    browser.does(move |request| use_cases::message_administrators(request, "acme".to_owned(), form)).await
}
