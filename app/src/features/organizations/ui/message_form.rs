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
    let submission = Submission::<MessageAdministrators>::new();
    let sent = Memo::new(move |_| submission.success());
    let organization = StoredValue::new(organization);
    view! {
        <Show
            when=move || sent.with(Option::is_some)
            fallback=move || {
                view! {
                    <Form submission prefix="message">
                        <input type="hidden" name="organization" value=organization.get_value() />
                        <TextArea
                            label="Message"
                            name="message"
                            hint="The administrators get it by mail, with your name and e-mail address, and answer you directly."
                        />
                        <div class="form__actions">
                            <Button variant=ButtonVariant::Primary icon=Icon::Send busy=submission.busy()>"Send message"</Button>
                        </div>
                    </Form>
                }
            }
        >
            <Notice tone=Tone::Green title="Your message is on its way">
                <p>
                    {move || match sent.get().map_or(0, |sent| sent.recipients) {
                        1 => "One administrator gets it by mail.".to_owned(),
                        recipients => format!("{recipients} administrators get it by mail."),
                    }}
                </p>
            </Notice>
        </Show>
    }
}
