//! Confirming a deactivation, and its receipt.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::features::members::api::{DeactivateMember, PreviewDeactivation};
use crate::features::members::model::{DeactivationPreview, DeactivationReceipt};
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::call::load;
use crate::ui::field::{Checkbox, HiddenField};
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonKind, ButtonVariant, Dialog, LeaveQuestion, Question, Receipt, ReceiptLine, RefusedQuestion};
use crate::values::ids::MembershipId;

/// Asks first, names the person, and answers with what was withdrawn.
#[component]
pub fn DeactivatePage() -> impl IntoView {
    let parameters = use_params_map();
    let slug = organization_in_address();
    let member = Memo::new(move |_| parameters.read().get("member").unwrap_or_default());
    let query = use_query_map();
    let submission = Submission::<DeactivateMember>::new();
    // Only a success takes the form's place: while it is refused, the form and what was typed stay.
    let done = Memo::new(move |_| submission.success());
    let preview = load(move || PreviewDeactivation { organization: slug.get(), member: member.get() });
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Deactivate"
            data=preview
            view=move |preview: DeactivationPreview| {
                let back = paths::members_or(&preview.organization.slug, &query.read_untracked().get("next").unwrap_or_default());
                view! { <QuestionOrReceipt preview submission done back /> }.into_any()
            }
        />
    }
}

/// The same over the list.
#[component]
pub fn DeactivateDialog(
    /// The organization.
    slug: String,
    /// Who.
    member: MembershipId,
    /// The list's address, for the page.
    list: String,
    /// Called once it has been closed.
    on_close: Callback<()>,
    /// Called once access has ended, while the receipt still shows.
    on_deactivated: Callback<()>,
) -> impl IntoView {
    let submission = Submission::<DeactivateMember>::new();
    let done = Memo::new(move |_| submission.success());
    let page = paths::deactivate_member(&slug, &member, &list);
    let preview = load(move || PreviewDeactivation { organization: slug.clone(), member: member.to_string() });
    Effect::new(move |_| {
        if done.with(Option::is_some) {
            on_deactivated.run(());
        }
    });
    view! {
        <Dialog
            data=preview
            page
            on_close
            view=move |preview: DeactivationPreview| view! { <QuestionOrReceipt preview submission done back=list.clone() /> }.into_any()
        />
    }
}

#[component]
fn QuestionOrReceipt(
    preview: DeactivationPreview,
    submission: Submission<DeactivateMember>,
    done: Memo<Option<DeactivationReceipt>>,
    back: String,
) -> impl IntoView {
    move || match done.get() {
        Some(receipt) => view! { <DeactivationReceiptView back=back.clone() receipt /> }.into_any(),
        None => view! { <Confirmation preview=preview.clone() submission back=back.clone() /> }.into_any(),
    }
}

#[component]
fn Confirmation(preview: DeactivationPreview, submission: Submission<DeactivateMember>, back: String) -> impl IntoView {
    let called = preview.member.called().to_owned();
    if let Some(refusal) = preview.refusal {
        let title = format!("{called} can't be deactivated");
        return view! { <RefusedQuestion title reason=refusal.to_string() back words="Back to Members" /> }.into_any();
    }
    let organization_name = preview.organization.name.clone();
    let pending = preview.pending_invitations.clone();
    view! {
        <Question
            title=format!("Deactivate {called}?")
            sentence=format!("{called} loses access to {organization_name} at once, in every open session. The account itself and its other organizations stay.")
        />
        <Form submission>
            <input type="hidden" name="organization" value=preview.organization.slug.clone() />
            <HiddenField name="member" value=preview.member.id.to_string() />
            {(!pending.is_empty())
                .then(|| {
                    view! {
                        <Checkbox
                            label=format!("Also cancel the pending invitations that {called} sent")
                            name="cancel_invitations"
                            hint=pending.join(", ")
                        />
                    }
                })}
            <div class="form__actions">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Danger busy=submission.busy()>{format!("Deactivate {called}")}</Button>
                <LeaveQuestion href=back variant=ButtonVariant::Quiet words="Keep access" />
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn DeactivationReceiptView(back: String, receipt: DeactivationReceipt) -> impl IntoView {
    let time = receipt.at.date_time_utc();
    let sessions = match receipt.sessions {
        0 => "No session was open".to_owned(),
        1 => "1 open session lost this organization".to_owned(),
        several => format!("{several} open sessions lost this organization"),
    };
    let line = move |words: String| view! { <ReceiptLine time=time.clone()>{words}</ReceiptLine> };
    view! {
        <Receipt
            title=format!("{} is deactivated", receipt.name)
            action=move || {
                view! { <LeaveQuestion href=back.clone() variant=ButtonVariant::Primary words="Back to Members" words_in_dialog="Close" /> }
            }
        >
            {line("Access ended".to_owned())}
            {line(sessions)}
            {receipt.applications.iter().map(|application| line(format!("{application}: withdrawn"))).collect_view()}
            {receipt.invitations_cancelled.iter().map(|email| line(format!("Invitation to {email}: cancelled, its link is dead"))).collect_view()}
            {receipt
                .invitations_lapsed
                .iter()
                .map(|email| line(format!("Invitation to {email}, sent by this person: no longer stands, until you send it again")))
                .collect_view()}
            {receipt.invitations_kept.iter().map(|email| line(format!("Invitation to {email}, sent by this person: still waits"))).collect_view()}
        </Receipt>
    }
}
