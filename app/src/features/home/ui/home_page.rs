//! The first page after signing in.

use leptos::prelude::*;

use crate::features::accepting::ui::WaitingInvitations;
use crate::features::applications::model::ApplicationTile;
use crate::features::home::api::ReadHome;
use crate::features::home::model::{EndedMembership, Home, OwnOrganization};
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::call::load;
use crate::ui::page::{Loaded, Page};
use crate::ui::{Avatar, ButtonLink, ButtonVariant, EmptyState, Icon, Notice, PageHeader, Tone};

/// What one can open, where one belongs, what waits.
#[component]
pub fn HomePage() -> impl IntoView {
    let home = load(ReadHome {});
    view! { <Loaded data=home view=|home| view! { <HomeContent home /> }.into_any() /> }
}

#[component]
fn HomeContent(home: Home) -> impl IntoView {
    let Home { applications, organizations, ended, invitations, factor_is_owed } = home;
    let belongs_somewhere = !organizations.is_empty();
    let has_declined = in_query("done") == paths::INVITATION_DECLINED;
    view! {
        <Page title="Home">
            <PageHeader title="Home" />
            <div class="home">
                {has_declined
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Green title="Invitation declined">
                                <p>"If you change your mind, ask for a new one."</p>
                            </Notice>
                        }
                    })}
                <WaitingInvitations invitations />
                {factor_is_owed.then(|| view! { <FactorNotice /> })}
                {ended.into_iter().map(|membership| view! { <EndedNotice membership /> }).collect_view()}
                {belongs_somewhere.then(|| view! { <MyApplications applications factor_is_owed /> })}
                <MyOrganizations organizations />
            </div>
        </Page>
    }
}

#[component]
fn FactorNotice() -> impl IntoView {
    view! {
        <Notice tone=Tone::Amber title="Set up two-factor authentication">
            <p>"What you may do in one of your organizations requires it. That organization opens as soon as it is set up."</p>
            <p class="notice__actions">
                <ButtonLink href=paths::account_two_factor_then(paths::HOME) variant=ButtonVariant::Primary icon=Icon::ShieldCheck>"Set it up now"</ButtonLink>
                <ButtonLink href=paths::help("two-factor") variant=ButtonVariant::Quiet>"What is this?"</ButtonLink>
            </p>
        </Notice>
    }
}

#[component]
fn EndedNotice(membership: EndedMembership) -> impl IntoView {
    let EndedMembership { organization, ended_at } = membership;
    view! {
        <Notice tone=Tone::Neutral title=format!("Your access to {organization} has ended")>
            <p>
                "It ended on " <time datetime=ended_at.iso()>{ended_at.date_time_utc()}</time>
                ". If you need it again, contact an administrator there."
            </p>
        </Notice>
    }
}

#[component]
fn MyApplications(applications: Vec<ApplicationTile>, factor_is_owed: bool) -> impl IntoView {
    let content = if applications.is_empty() {
        let (title, explanation) = if factor_is_owed {
            (
                "No applications before two-factor authentication",
                "Those of an organization that requires it stand here as soon as you have set it up.",
            )
        } else {
            ("No applications yet", "Applications that you may open stand here as soon as an administrator gives you access.")
        };
        view! { <EmptyState title explanation icon=Icon::LayoutGrid /> }.into_any()
    } else {
        let tiles = applications.into_iter().map(|application| view! { <Tile application /> }).collect_view();
        view! { <ul class="tiles">{tiles}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="my-applications">
            <h2 id="my-applications">"My applications"</h2>
            {content}
        </section>
    }
}

#[component]
fn Tile(application: ApplicationTile) -> impl IntoView {
    let ApplicationTile { id, name, description, level, organization } = application;
    view! {
        <li class="tile">
            <Avatar name=name.clone() id=id.to_string() />
            <div class="tile__text">
                // Another site answers in the end, so the browser follows the redirect by itself.
                <a class="tile__link" href=paths::open_application(&id) rel="external">{name}</a>
                {(!description.is_empty()).then(|| view! { <span class="tile__detail">{description}</span> })}
                <span class="tile__detail">{format!("{organization} · {level}")}</span>
            </div>
            <Icon name=Icon::ArrowUpRight />
        </li>
    }
}

#[component]
fn MyOrganizations(organizations: Vec<OwnOrganization>) -> impl IntoView {
    let content = if organizations.is_empty() {
        view! {
            <EmptyState
                title="You belong to no organization yet"
                explanation="Administrators invite people by mail. Ask one of yours to invite you, or open the link in the mail that you got."
                icon=Icon::Building2
            />
        }
        .into_any()
    } else {
        let cards = organizations.into_iter().map(|organization| view! { <OrganizationCard organization /> }).collect_view();
        view! { <ul class="organization-cards">{cards}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="my-organizations">
            <h2 id="my-organizations">"My organizations"</h2>
            {content}
        </section>
    }
}

#[component]
fn OrganizationCard(organization: OwnOrganization) -> impl IntoView {
    let OwnOrganization { slug, name, role } = organization;
    view! {
        <li class="organization-card">
            <Avatar name=name.clone() id=slug.clone() />
            <div class="organization-card__text">
                <span class="organization-card__name">{name.clone()}</span>
                <span class="organization-card__detail">{role.label()}</span>
            </div>
            <ButtonLink href=paths::organization(&slug) variant=ButtonVariant::Secondary icon=Icon::Rocket>
                "Launch" <span class="sr-only">" "{name}</span>
            </ButtonLink>
        </li>
    }
}
