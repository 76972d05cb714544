//! Inviting people, and the result for each address.

use leptos::prelude::*;

use crate::failure::Failure;
use crate::features::applications::ui::AccessChoices;
use crate::features::auth::step_up::refusal::asks_for_proof;
use crate::features::auth::step_up::ui::ProofInputs;
use crate::features::invitations::api::{InviteMembers, ReadInvitePage};
use crate::features::invitations::model::{InviteOutcome, InvitePage as InvitePageData, InviteResult};
use crate::features::invitations::refusal::InviteRefusal;
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::features::permissions::ui::RoleChoice;
use crate::paths;
use crate::ui::call::load;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submission};
use crate::ui::{Badge, Button, ButtonLink, ButtonVariant, Icon, PageHeader, Tone};

/// `Invite users`.
#[component]
pub fn InvitePage() -> impl IntoView {
    let page = load(ReadInvitePage { organization: organization_in_address() });
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Invite users"
            data=page
            view=|page: InvitePageData| {
                let submission = Submission::<InviteMembers>::here();
                match submission.success() {
                    Some(answer) => view! { <Results slug=page.organization.slug results=answer.results /> }.into_any(),
                    None => view! { <InviteForm page submission /> }.into_any(),
                }
            }
        />
    }
}

#[component]
fn InviteForm(page: InvitePageData, submission: Submission<InviteMembers>) -> impl IntoView {
    let slug = page.organization.slug;
    let back = paths::members(&slug);
    let hours = page.link_validity_seconds / 3_600;
    let asks_proof = demands_proof(submission.failure());
    view! {
        <PageHeader
            title="Invite users"
            sentence=format!("Each person gets a mail with a link that is valid for {hours} hours, and completes the registration in the browser.")
        />
        <Form submission class="form invite">
            <input type="hidden" name="organization" value=slug />
            <div class="invite__addresses">
                <TextArea
                    label="Email addresses"
                    name="emails"
                    rows=6
                    hint="One or many, separated by commas, semicolons, spaces or lines. Names are welcome: Ann Smith <ann@example.org>"
                />
            </div>
            <RoleChoice roles=page.roles />
            <AccessChoices applications=page.applications />
            <p class="field__hint">
                "Whoever gets the role Administrator, or access that needs two factors, must set up a second factor first. " <a href=paths::help("two-factor")>"How it works"</a>
            </p>
            {asks_proof
                .then(|| {
                    view! {
                        <ProofInputs hint="What you give is sensitive, and you signed in a while ago: please prove that it is you." />
                    }
                })}
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary icon=Icon::Send>"Send invitations"</Button>
                <ButtonLink href=back variant=ButtonVariant::Quiet>"Back to Members"</ButtonLink>
            </div>
        </Form>
    }
}

fn demands_proof(failure: Option<Failure<InviteRefusal>>) -> bool {
    failure.is_some_and(|failure| asks_for_proof(&failure, InviteRefusal::proof))
}

#[component]
fn Results(slug: String, results: Vec<InviteResult>) -> impl IntoView {
    let invited = results.iter().filter(|result| matches!(result.outcome, InviteOutcome::Invited { .. })).count();
    let total = results.len();
    let summary = match (invited, total) {
        (1, 1) => "1 invitation is on its way.".to_owned(),
        (invited, total) if invited == total => format!("{invited} invitations are on their way."),
        (invited, total) => format!("{invited} of {total} invitations are on their way."),
    };
    let back = paths::members(&slug);
    let again = paths::invite_members(&slug);
    view! {
        <PageHeader title="Invitations" sentence=summary />
        <ul class="results" aria-label="Result for each address">
            {results.into_iter().map(|result| view! { <ResultRow slug=slug.clone() result /> }).collect_view()}
        </ul>
        <div class="form__actions">
            <ButtonLink href=back variant=ButtonVariant::Primary>"Back to Members"</ButtonLink>
            <ButtonLink href=again>"Invite more"</ButtonLink>
        </div>
    }
}

#[component]
fn ResultRow(slug: String, result: InviteResult) -> impl IntoView {
    let typed = result.typed.clone();
    let shown = format!(": {}", result.email.as_deref().unwrap_or(&typed));
    let row = paths::members_found(&slug, result.email.as_deref().unwrap_or(&typed));
    let (tone, word, detail) = match &result.outcome {
        InviteOutcome::Invited { valid_until } => {
            (Tone::Green, "Invited", format!("The link is valid until {}.", valid_until.date_time_utc()))
        }
        InviteOutcome::NotNotified => (
            Tone::Amber,
            "Not notified",
            "The invitations of today are used up. Send the welcome-email tomorrow, from the row's menu.".to_owned(),
        ),
        InviteOutcome::HeldForApproval => {
            (Tone::Amber, "Waiting for approval", "Somebody else who manages users approves it; then the mail goes out.".to_owned())
        }
        InviteOutcome::AlreadyMember => (Tone::Neutral, "Already a member", String::new()),
        InviteOutcome::AlreadyInvited => (Tone::Neutral, "Already invited", "Send it again from the row's menu.".to_owned()),
        InviteOutcome::Deactivated => (Tone::Neutral, "Deactivated here", String::new()),
        InviteOutcome::NotAnAddress(error) => (Tone::Red, "Not an address", error.to_string()),
        InviteOutcome::Failed(reason) => (Tone::Red, "Not invited", reason.clone()),
    };
    let has_row = matches!(
        result.outcome,
        InviteOutcome::Invited { .. }
            | InviteOutcome::NotNotified
            | InviteOutcome::HeldForApproval
            | InviteOutcome::AlreadyMember
            | InviteOutcome::AlreadyInvited
            | InviteOutcome::Deactivated
    );
    view! {
        <li class="results__row">
            <div class="results__address">
                {typed}
                {(!detail.is_empty()).then(|| view! { <span class="results__detail">{detail}</span> })}
            </div>
            <Badge tone>{word}</Badge>
            <div>{has_row.then(|| view! { <a href=row>"Show in Members" <span class="sr-only">{shown}</span></a> })}</div>
        </li>
    }
}
