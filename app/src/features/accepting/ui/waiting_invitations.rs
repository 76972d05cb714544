//! Invitations that wait for somebody who has an account.

use leptos::prelude::*;

use crate::features::accepting::api::{AcceptWaitingInvitation, DeclineWaitingInvitation};
use crate::features::accepting::model::WaitingInvitation;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, Notice, Tone};

/// One notice for each invitation, with `Accept` and `Decline`; nothing when none waits.
#[component]
pub fn WaitingInvitations(
    /// The invitations.
    invitations: Vec<WaitingInvitation>,
) -> impl IntoView {
    let accepting = Submission::<AcceptWaitingInvitation>::here();
    let declining = Submission::<DeclineWaitingInvitation>::here();
    // What the forms refuse is said once, above them.
    let problem = accepting.failure().or_else(|| declining.failure()).map(|failure| failure.to_string());
    view! {
        {problem.map(|problem| view! { <Notice tone=Tone::Red title=problem /> })}
        {invitations
            .into_iter()
            .map(|invitation| view! { <InvitationNotice invitation accepting=accepting.clone() declining=declining.clone() /> })
            .collect_view()}
    }
}

#[component]
fn InvitationNotice(
    invitation: WaitingInvitation,
    accepting: Submission<AcceptWaitingInvitation>,
    declining: Submission<DeclineWaitingInvitation>,
) -> impl IntoView {
    let WaitingInvitation { member, offer } = invitation;
    let inviter = if offer.inviter.is_empty() { "An administrator".to_owned() } else { offer.inviter };
    let organization = offer.organization_name;
    let duty = if offer.demands_second_factor { " You will be asked to set up two-factor authentication." } else { "" };
    let which = format!(" the invitation to {organization}");
    let declined = which.clone();
    view! {
        <Notice tone=Tone::Blue title=format!("{organization} invites you")>
            <p>
                {format!("{inviter} invites you to join as {}, until ", offer.role.label())}
                <time datetime=offer.valid_until.iso()>{offer.valid_until.date_time_utc()}</time> "." {duty}
            </p>
            <div class="notice__actions">
                <Form submission=accepting prefix="accept" class="form form--inline" summary=false>
                    <HiddenField name="member" value=member.to_string() />
                    <Button variant=ButtonVariant::Primary>
                        "Accept" <span class="sr-only">{which}</span>
                    </Button>
                </Form>
                <Form submission=declining prefix="decline" class="form form--inline" summary=false>
                    <HiddenField name="member" value=member.to_string() />
                    <Button variant=ButtonVariant::Quiet>
                        "Decline" <span class="sr-only">{declined}</span>
                    </Button>
                </Form>
            </div>
        </Notice>
    }
}
