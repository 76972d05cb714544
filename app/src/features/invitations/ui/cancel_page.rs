//! Confirming that an invitation is cancelled.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::features::invitations::api::{CancelInvitation, PreviewCancellation};
use crate::features::invitations::model::CancellationPreview;
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::call::load;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonKind, ButtonVariant, Dialog, LeaveQuestion, Question, RefusedQuestion};
use crate::values::ids::MembershipId;

/// Asks first and names the person; afterwards the list, without the row.
#[component]
pub fn CancelInvitationPage() -> impl IntoView {
    let parameters = use_params_map();
    let slug = organization_in_address();
    let member = Memo::new(move |_| parameters.read().get("member").unwrap_or_default());
    let query = use_query_map();
    let submission = Submission::<CancelInvitation>::new();
    let preview = load(move || PreviewCancellation { organization: slug.get(), member: member.get() });
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Cancel invitation"
            data=preview
            view=move |preview: CancellationPreview| {
                let back = paths::members_or(&preview.organization.slug, &query.read_untracked().get("next").unwrap_or_default());
                view! { <Confirmation preview submission back /> }.into_any()
            }
        />
    }
}

/// The same over the list.
#[component]
pub fn CancelInvitationDialog(
    /// The organization.
    slug: String,
    /// Who is invited.
    member: MembershipId,
    /// The list's address, for the page.
    list: String,
    /// Called once it has been closed.
    on_close: Callback<()>,
    /// Called once the invitation is cancelled.
    on_cancelled: Callback<()>,
) -> impl IntoView {
    let submission = Submission::<CancelInvitation>::new();
    let page = paths::cancel_invitation(&slug, &member, &list);
    let preview = load(move || PreviewCancellation { organization: slug.clone(), member: member.to_string() });
    view! {
        <Dialog
            data=preview
            page
            on_close
            view=move |preview: CancellationPreview| {
                view! { <Confirmation preview submission back=list.clone() on_cancelled /> }.into_any()
            }
        />
    }
}

#[component]
fn Confirmation(
    preview: CancellationPreview,
    submission: Submission<CancelInvitation>,
    back: String,
    #[prop(optional)] on_cancelled: Option<Callback<()>>,
) -> impl IntoView {
    let called = preview.called.clone();
    if let Some(refusal) = preview.refusal {
        let title = format!("The invitation of {called} can't be cancelled");
        return view! { <RefusedQuestion title reason=refusal.to_string() back words="Back to Members" /> }.into_any();
    }
    view! {
        <Question
            title=format!("Cancel the invitation of {called}?")
            sentence=format!("Every link sent to {} stops working at once, and the row goes. You can invite the address again at any time.", preview.email)
        />
        <Form submission on_success=on_cancelled>
            <input type="hidden" name="organization" value=preview.organization.slug.clone() />
            <HiddenField name="member" value=preview.member.to_string() />
            <HiddenField name="next" value=back.clone() />
            <div class="form__actions">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Danger busy=submission.busy()>"Cancel invitation"</Button>
                <LeaveQuestion href=back variant=ButtonVariant::Quiet words="Keep the invitation" />
            </div>
        </Form>
    }
    .into_any()
}
