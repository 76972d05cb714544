//! The first page of an organization, open to every active member.

use leptos::prelude::*;

use super::frame::OrganizationTab;
use super::message_form::MessageAdministratorsForm;
use super::organization_in_address;
use super::organization_page::OrganizationPage;
use crate::features::applications::model::OwnApplication;
use crate::features::memberships::rules::LastAdministrator;
use crate::features::organizations::api::ReadOverview;
use crate::features::organizations::model::Overview;
use crate::features::organizations::rules;
use crate::features::permissions::Permission;
use crate::paths;
use crate::ui::call::load;
use crate::ui::{Avatar, ButtonLink, ButtonVariant, EmptyState, Icon, KeyValue, KeyValues, PageHeader};

/// Own role, own applications, a message to the administrators, and the way out.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let overview = load(ReadOverview { organization: organization_in_address() });
    view! {
        <OrganizationPage
            tab=OrganizationTab::Overview
            title="Overview"
            data=overview
            view=|overview| view! { <OverviewContent overview /> }.into_any()
        />
    }
}

#[component]
fn OverviewContent(overview: Overview) -> impl IntoView {
    let Overview { organization, label, member_since, applications, stays_because } = overview;
    let slug = organization.slug.clone();
    let permissions = organization.held.iter().map(Permission::label).collect::<Vec<_>>();
    let facts = (organization.name.clone(), organization.role.label());
    view! {
            <PageHeader title=facts.0.clone() sentence="Your place here, and what you can open." />
            <div class="overview">
                <section class="section" aria-labelledby="membership">
                    <h2 id="membership">"Your membership"</h2>
                    <div class="card">
                        <KeyValues>
                            <KeyValue term=label>{facts.0}</KeyValue>
                            <KeyValue term="Your role">{facts.1}</KeyValue>
                            <KeyValue term="What you may do"><HeldPermissions permissions /></KeyValue>
                            <KeyValue term="Member since">
                                <time datetime=member_since.iso()>{member_since.date_utc()}</time>
                            </KeyValue>
                        </KeyValues>
                    </div>
                </section>
                {applications.map(|applications| view! { <OwnApplications applications /> })}
                <MessageSection slug=slug.clone() stays_because />
                <LeaveSection slug stays_because />
            </div>
    }
}

#[component]
fn HeldPermissions(permissions: Vec<&'static str>) -> impl IntoView {
    if permissions.is_empty() {
        return view! { <span class="muted">"Nothing besides this page. An administrator can give you more."</span> }.into_any();
    }
    view! { <ul>{permissions.into_iter().map(|permission| view! { <li>{permission}</li> }).collect_view()}</ul> }.into_any()
}

#[component]
fn OwnApplications(applications: Vec<OwnApplication>) -> impl IntoView {
    let tiles = if applications.is_empty() {
        view! {
            <EmptyState
                title="No applications yet"
                explanation="Applications that you may open stand here as soon as an administrator gives you access."
                icon=Icon::LayoutGrid
            />
        }
        .into_any()
    } else {
        let tiles = applications.into_iter().map(|application| view! { <OwnApplicationTile application /> }).collect_view();
        view! { <ul class="tiles">{tiles}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="applications">
            <h2 id="applications">"Your applications"</h2>
            {tiles}
        </section>
    }
}

#[component]
fn OwnApplicationTile(application: OwnApplication) -> impl IntoView {
    let OwnApplication { id, name, description, level } = application;
    view! {
        <li class="tile">
            <Avatar name=name.clone() id=id.to_string() />
            <div class="tile__text">
                // Another site answers in the end, so the browser follows the redirect by itself.
                <a class="tile__link" href=paths::open_application(&id) rel="external">{name}</a>
                <span class="tile__detail">{level}</span>
                {(!description.is_empty()).then(|| view! { <span class="tile__detail">{description}</span> })}
            </div>
            <Icon name=Icon::ArrowUpRight />
        </li>
    }
}

#[component]
fn MessageSection(slug: String, stays_because: Option<LastAdministrator>) -> impl IntoView {
    let way_to_write = match rules::may_write(stays_because) {
        Err(reason) => view! { <p class="muted">{reason.to_string()}</p> }.into_any(),
        Ok(()) => view! { <MessageAdministratorsForm organization=slug /> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="message">
            <h2 id="message">"Message the administrators"</h2>
            <div class="card">{way_to_write}</div>
        </section>
    }
}

#[component]
fn LeaveSection(slug: String, stays_because: Option<LastAdministrator>) -> impl IntoView {
    let way_out = match stays_because {
        Some(reason) => view! { <p class="muted">{reason.to_string()}</p> }.into_any(),
        None => view! {
            <p class="muted">"Your access here ends at once. Your account and your other memberships stay."</p>
            <p>
                <ButtonLink href=paths::leave_organization(&slug) variant=ButtonVariant::Secondary icon=Icon::LogOut>"Leave"</ButtonLink>
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="section" aria-labelledby="leave">
            <h2 id="leave">"Leave"</h2>
            <div class="card card--danger">{way_out}</div>
        </section>
    }
}
