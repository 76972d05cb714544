//! Confirming a deactivation, and its receipt.

use leptos::prelude::*;

use crate::features::members::api::{DeactivateMember, PreviewDeactivation};
use crate::features::members::model::{DeactivationPreview, DeactivationReceipt};
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::address::{in_path, in_query};
use crate::ui::call::load;
use crate::ui::field::{Checkbox, HiddenField};
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, LeaveQuestion, Question, Receipt, ReceiptLine, RefusedQuestion};

/// Asks first, names the person, and answers with what was withdrawn.
#[component]
pub fn DeactivatePage() -> impl IntoView {
    let preview = load(PreviewDeactivation { organization: organization_in_address(), member: in_path("member") });
    let next = in_query("next");
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Deactivate"
            data=preview
            view=move |preview: DeactivationPreview| {
                let back = paths::members_or(&preview.organization.slug, &next);
                let submission = Submission::<DeactivateMember>::here();
                match submission.success() {
                    Some(receipt) => view! { <DeactivationReceiptView back receipt /> }.into_any(),
                    None => view! { <Confirmation preview submission back /> }.into_any(),
                }
            }
        />
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
        >
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
                    <Button variant=ButtonVariant::Danger>{format!("Deactivate {called}")}</Button>
                    <LeaveQuestion href=back variant=ButtonVariant::Quiet words="Keep access" />
                </div>
            </Form>
        </Question>
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
