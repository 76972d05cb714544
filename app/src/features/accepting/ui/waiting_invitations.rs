//! Invitations that wait for somebody who has an account.

use leptos::prelude::*;

use crate::features::accepting::api::{AcceptWaitingInvitation, DeclineWaitingInvitation};
use crate::features::accepting::model::WaitingInvitation;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, Notice, Tone};

/// The two answers to an invitation; those of all invitations share them. They belong to a page, and not to the list that the page
/// reads again after each.
#[derive(Clone, Copy)]
pub struct Answers {
    accepting: Submission<AcceptWaitingInvitation>,
    declining: Submission<DeclineWaitingInvitation>,
}

impl Answers {
    /// Does `then` after each answer: declining leads back to the same page.
    pub fn new(then: impl Fn() + 'static) -> Self {
        let accepting = Submission::<AcceptWaitingInvitation>::new();
        let declining = Submission::<DeclineWaitingInvitation>::new();
        Effect::new(move |earlier: Option<(usize, usize)>| {
            let answers = (accepting.version().get(), declining.version().get());
            if earlier.is_some_and(|earlier| earlier != answers) {
                then();
            }
            answers
        });
        Self { accepting, declining }
    }
}

/// One notice for each invitation, with `Accept` and `Decline`; nothing when none waits.
#[component]
pub fn WaitingInvitations(invitations: Vec<WaitingInvitation>, answers: Answers) -> impl IntoView {
    let Answers { accepting, declining } = answers;
    // What the forms refuse is said once, above them.
    let problem = Signal::derive(move || accepting.failure().or_else(|| declining.failure()).map(|failure| failure.to_string()));
    view! {
        {move || problem.get().map(|problem| view! { <Notice tone=Tone::Red title=problem /> })}
        {invitations.into_iter().map(|invitation| view! { <InvitationNotice invitation accepting declining /> }).collect_view()}
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
                    <Button variant=ButtonVariant::Primary busy=accepting.busy()>
                        "Accept" <span class="sr-only">{which}</span>
                    </Button>
                </Form>
                <Form submission=declining prefix="decline" class="form form--inline" summary=false>
                    <HiddenField name="member" value=member.to_string() />
                    <Button variant=ButtonVariant::Quiet busy=declining.busy()>
                        "Decline" <span class="sr-only">{declined}</span>
                    </Button>
                </Form>
            </div>
        </Notice>
    }
}
