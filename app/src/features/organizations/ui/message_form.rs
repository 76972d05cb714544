//! Writing to the administrators of an organization.

use leptos::prelude::*;

use crate::features::organizations::api::MessageAdministrators;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, Icon, Notice, Tone};

/// A message to the administrators; says in its place that it was sent.
#[component]
pub fn MessageAdministratorsForm(
    /// The organization's part of addresses.
    #[prop(into)]
    organization: String,
) -> impl IntoView {
    let submission = Submission::<MessageAdministrators>::here();
    if let Some(sent) = submission.success() {
        let words = match sent.recipients {
            1 => "One administrator gets it by mail.".to_owned(),
            recipients => format!("{recipients} administrators get it by mail."),
        };
        return view! { <Notice tone=Tone::Green title="Your message is on its way"><p>{words}</p></Notice> }.into_any();
    }
    view! {
        <Form submission prefix="message">
            <input type="hidden" name="organization" value=organization />
            <TextArea
                label="Message"
                name="message"
                hint="The administrators get it by mail, with your name and e-mail address, and answer you directly."
            />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary icon=Icon::Send>"Send message"</Button>
            </div>
        </Form>
    }
    .into_any()
}
