//! The page of a set-up link.

use leptos::prelude::*;

use crate::features::auth::registration::ui::RegistrationInputs;
use crate::features::auth::set_up::api::{ReadSetUpLink, SetUpInstallation};
use crate::features::auth::set_up::model::SetUpLink;
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::call::load;
use crate::ui::field::{FieldKind, HiddenField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::page::Loaded;
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonLink, ButtonVariant, EntryCard};

/// The first person and organization, or the reason why this link no longer makes them.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = in_query("token");
    let link = load(ReadSetUpLink { token: token.clone() });
    let status = PageStatus::here();
    view! {
        <Loaded
            data=link
            view=move |link| match link {
                SetUpLink::Open { password_minimum, terms_url } => {
                    view! { <SetUpContent token password_minimum terms_url /> }.into_any()
                }
                SetUpLink::Done => view! {
                    <DeadEnd title="Nexus is set up already" sentence="Somebody has created the first account. If that was you, sign in; otherwise ask whoever set it up to invite you.">
                        <ButtonLink href=paths::SIGN_IN variant=ButtonVariant::Primary>"Sign in"</ButtonLink>
                    </DeadEnd>
                }
                .into_any(),
                SetUpLink::Expired => view! {
                    <DeadEnd title="This link has expired" sentence="It was valid for 72 hours. Start Nexus again: it prints a new link.">
                        <ButtonLink href=paths::HELP variant=ButtonVariant::Secondary>"Help"</ButtonLink>
                    </DeadEnd>
                }
                .into_any(),
                SetUpLink::Unknown => {
                    status.set(404);
                    view! {
                        <DeadEnd title="This link is not valid" sentence="Open the link exactly as Nexus printed it when it started; copy it as a whole if you typed it.">
                            <ButtonLink href=paths::SIGN_IN variant=ButtonVariant::Secondary>"Go to the sign-in page"</ButtonLink>
                        </DeadEnd>
                    }
                    .into_any()
                }
            }
        />
    }
}

#[component]
fn SetUpContent(token: String, password_minimum: usize, terms_url: Option<String>) -> impl IntoView {
    let submission = Submission::<SetUpInstallation>::here();
    view! {
        <EntryCard
            title="Set up Nexus"
            sentence="Create your account and your organization. You become its administrator; everybody else is invited by you."
            wide=true
        >
                <Form submission class="form set-up">
                    <HiddenField name="token" value=token.clone() />
                    <div class="set-up__group" role="group" aria-labelledby="set-up-person">
                        <h2 class="set-up__group-title" id="set-up-person">"You"</h2>
                        <RegistrationInputs token password_minimum terms_url>
                            <TextField label="Email" name="email" kind=FieldKind::Email />
                        </RegistrationInputs>
                    </div>
                    <div class="set-up__group" role="group" aria-labelledby="set-up-organization">
                        <h2 class="set-up__group-title" id="set-up-organization">"Your organization"</h2>
                        <TextField label="Organization name" name="organization_name" kind=FieldKind::Organization limit=100 />
                        <TextField
                            label="Label"
                            name="label"
                            value="Organization"
                            limit=40
                            hint="What you call an organization: Organization, Company, Local Authority. Screens use this word."
                        />
                    </div>
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary>"Create organization"</Button>
                    </div>
                </Form>
        </EntryCard>
    }
}

#[component]
fn DeadEnd(title: &'static str, sentence: &'static str, children: Children) -> impl IntoView {
    view! {
        <EntryCard title sentence>
            <div class="form__actions">{children()}</div>
        </EntryCard>
    }
}
