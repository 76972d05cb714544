//! Confirming that an invitation is cancelled.

use leptos::prelude::*;

use crate::features::invitations::api::{CancelInvitation, PreviewCancellation};
use crate::features::invitations::model::CancellationPreview;
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::address::{in_path, in_query};
use crate::ui::call::load;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, LeaveQuestion, Question, RefusedQuestion};

/// Asks first and names the person; afterwards the list, without the row.
#[component]
pub fn CancelInvitationPage() -> impl IntoView {
    let preview = load(PreviewCancellation { organization: organization_in_address(), member: in_path("member") });
    let next = in_query("next");
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Cancel invitation"
            data=preview
            view=move |preview: CancellationPreview| {
                let back = paths::members_or(&preview.organization.slug, &next);
                view! { <Confirmation preview back /> }.into_any()
            }
        />
    }
}

#[component]
fn Confirmation(preview: CancellationPreview, back: String) -> impl IntoView {
    let submission = Submission::<CancelInvitation>::here();
    let called = preview.called.clone();
    if let Some(refusal) = preview.refusal {
        let title = format!("The invitation of {called} can't be cancelled");
        return view! { <RefusedQuestion title reason=refusal.to_string() back words="Back to Members" /> }.into_any();
    }
    view! {
        <Question
            title=format!("Cancel the invitation of {called}?")
            sentence=format!("Every link sent to {} stops working at once, and the row goes. You can invite the address again at any time.", preview.email)
        >
            <Form submission>
                <input type="hidden" name="organization" value=preview.organization.slug.clone() />
                <HiddenField name="member" value=preview.member.to_string() />
                <HiddenField name="next" value=back.clone() />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Danger>"Cancel invitation"</Button>
                    <LeaveQuestion href=back variant=ButtonVariant::Quiet words="Keep the invitation" />
                </div>
            </Form>
        </Question>
    }
    .into_any()
}
