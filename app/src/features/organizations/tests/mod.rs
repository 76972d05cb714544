//! Use cases of organizations against a real database.

mod leaving;
mod overview;
mod writing;

use super::model::{MessageForm, MessageSent, Overview};
use super::refusal::{LeaveRefusal, MessageRefusal};
use super::{rules, use_cases};
use crate::failure::{Failure, NoRefusal};
use crate::features::permissions::Role;
use crate::testing::{Browser, World};
use crate::values::go_to::GoTo;

async fn overview(browser: &Browser) -> Result<Overview, Failure<NoRefusal>> {
    browser.does(|request| use_cases::read_overview(request, "acme".to_owned())).await
}

async fn leave(browser: &Browser) -> Result<GoTo, Failure<LeaveRefusal>> {
    browser.does(|request| use_cases::leave(request, "acme".to_owned())).await
}

async fn write(browser: &Browser, message: &str) -> Result<MessageSent, Failure<MessageRefusal>> {
    let form = MessageForm { message: message.to_owned() };
    browser.does(move |request| use_cases::message_administrators(request, "acme".to_owned(), form)).await
}
