//! The bar on top of every page, filled with who looks at it.

use leptos::prelude::*;

use super::profile_menu::ProfileMenu;
use crate::features::permissions::{Action, policy};
use crate::features::site::api::ReadViewer;
use crate::features::site::model::{Viewer, ViewerOrganization, ViewerPerson};
use crate::paths;
use crate::ui::address::own_path;
use crate::ui::awaited::awaited;
use crate::ui::call::load;
use crate::ui::{ButtonLink, ButtonVariant, Header, HeaderContext, Icon, Menu, MenuLink, MenuTrigger};

/// The header of every page. Who looks at it is read anew for each: a role changed elsewhere shows with the next page.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let viewer = load(ReadViewer { path: own_path() });
    awaited(async move {
        // When even this can't be read, the page itself says why; the header then claims nothing.
        let viewer = viewer.ready().await.ok();
        view! { <ViewerHeader viewer /> }.into_any()
    })
}

#[component]
fn ViewerHeader(viewer: Option<Viewer>) -> impl IntoView {
    let has_development_mailbox = viewer.as_ref().is_some_and(|viewer| viewer.has_development_mailbox);
    let is_known = viewer.is_some();
    let person = viewer.and_then(|viewer| viewer.person);
    // The root of the document is written before anybody is known.
    let mark = person.as_ref().map(|person| person.mark.clone()).unwrap_or_default();
    let current = person.as_ref().and_then(ViewerPerson::current_organization).cloned();
    let administered = current.clone().filter(|organization| policy::may(organization.held, Action::SeeMembers));
    view! {
        {has_development_mailbox.then(|| view! { <DevelopmentBanner /> })}
        <Header
            attr:data-person=mark
            brand="Nexus"
            brand_href=paths::HOME
            context=move || current.clone().map(|organization| view! { <CurrentOrganization organization /> })
            navigation=move || administered.clone().map(|organization| view! { <AdminMenu slug=organization.slug /> })
            profile=move || match person.clone() {
                Some(person) => view! { <ProfileMenu person /> }.into_any(),
                None if is_known => view! { <ButtonLink href=paths::SIGN_IN variant=ButtonVariant::Quiet>"Sign in"</ButtonLink> }.into_any(),
                None => ().into_any(),
            }
        />
    }
}

#[component]
fn CurrentOrganization(organization: ViewerOrganization) -> impl IntoView {
    let ViewerOrganization { slug, name, role, .. } = organization;
    view! { <HeaderContext name detail=role.label() href=paths::organization(&slug) /> }
}

#[component]
fn AdminMenu(slug: String) -> impl IntoView {
    view! {
        <Menu id="admin-menu" label="Admin" trigger=MenuTrigger::Words face=|| "Admin">
            <MenuLink href=paths::members(&slug) icon=Icon::Users>"Users"</MenuLink>
        </Menu>
    }
}

/// The mailbox shows mails in frames, which only the policy of its own documents allows: it is loaded as one.
#[component]
fn DevelopmentBanner() -> impl IntoView {
    view! {
        <aside class="banner" aria-label="Development mode">
            <p>
                "Development mode: mail is not sent; read it in the " <a href=paths::DEVELOPMENT_MAILBOX rel="external">"development mailbox"</a> "."
            </p>
        </aside>
    }
}
