//! One's own account.

use leptos::prelude::*;

use crate::features::account::api::ReadAccount;
use crate::features::account::model::Account;
use crate::paths;
use crate::ui::call::load;
use crate::ui::page::{Loaded, Page};
use crate::ui::{Avatar, AvatarSize, Badge, ButtonLink, ButtonVariant, Icon, KeyValue, KeyValues, PageHeader, Tone};

/// Name, username, address, and how one signs in.
#[component]
pub fn AccountPage() -> impl IntoView {
    let account = load(ReadAccount {});
    view! { <Loaded data=account view=|account| view! { <AccountContent account /> }.into_any() /> }
}

#[component]
fn AccountContent(account: Account) -> impl IntoView {
    let Account { first_name, last_name, username, email, has_factor, factor_is_owed } = account;
    let name = format!("{first_name} {last_name}");
    let avatar = (name.clone(), email.clone());
    let (tone, words, explanation) = match (has_factor, factor_is_owed) {
        (true, _) => (Tone::Green, "On", "Signing in needs your password and a code from your authenticator app."),
        (false, true) => (Tone::Amber, "Required", "What you may do requires it. Set it up to go on."),
        (false, false) => (Tone::Neutral, "Off", "With it, your password alone is not enough to sign in as you."),
    };
    view! {
        <Page title="My account" class="page page--narrow">
            <PageHeader
                title="My account"
                sentence="The same in all of your organizations."
                beside=move || view! { <Avatar name=avatar.0.clone() id=avatar.1.clone() size=AvatarSize::Large /> }
            />
            <section class="section" aria-labelledby="person">
                <h2 id="person">"You"</h2>
                <div class="card">
                    <KeyValues>
                        <KeyValue term="Name">{name}</KeyValue>
                        <KeyValue term="Username">{username}</KeyValue>
                        <KeyValue term="E-mail">{email}</KeyValue>
                    </KeyValues>
                </div>
            </section>
            <section class="section" aria-labelledby="two-factor">
                <div class="section__head">
                    <h2 id="two-factor">"Two-factor authentication"</h2>
                    <Badge tone>{words}</Badge>
                </div>
                <div class="card">
                    <p>{explanation}</p>
                    <p>
                        <ButtonLink
                            href=paths::ACCOUNT_TWO_FACTOR
                            variant=if factor_is_owed { ButtonVariant::Primary } else { ButtonVariant::Secondary }
                            icon=Icon::ShieldCheck
                        >
                            {if has_factor { "Manage two-factor authentication" } else { "Set up two-factor authentication" }}
                        </ButtonLink>
                    </p>
                </div>
            </section>
        </Page>
    }
}
