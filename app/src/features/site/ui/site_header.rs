//! The bar on top of every page, filled with who looks at it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::profile_menu::ProfileMenu;
use crate::features::permissions::{Action, policy};
use crate::features::site::api::ReadViewer;
use crate::features::site::model::{Viewer, ViewerOrganization, ViewerPerson};
use crate::paths;
use crate::ui::call::load;
use crate::ui::{ButtonLink, ButtonVariant, Header, HeaderContext, Icon, Menu, MenuLink, MenuTrigger};

/// The header of every page. Reads who looks at it anew for every address: a role changed elsewhere shows at the next request, also
/// while one searches or leafs through a list.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let location = use_location();
    let viewer = load(move || ReadViewer { path: location.pathname.get() });
    // Another path is another question, which is asked by itself; with another query the question stays the same.
    Effect::watch(
        move || (location.pathname.get(), location.search.get()),
        move |(path, query), former, _| {
            if former.is_some_and(|(former_path, former_query)| former_path == path && former_query != query) {
                viewer.load_again();
            }
        },
        false,
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                // When even this can't be read, the page itself says why; the header then claims nothing.
                let viewer = viewer.ready().await.ok();
                view! { <ViewerHeader viewer /> }
            })}
        </Transition>
    }
}

#[component]
fn ViewerHeader(viewer: Option<Viewer>) -> impl IntoView {
    let has_development_mailbox = viewer.as_ref().is_some_and(|viewer| viewer.has_development_mailbox);
    let is_known = viewer.is_some();
    let person = viewer.and_then(|viewer| viewer.person);
    let current = person.as_ref().and_then(ViewerPerson::current_organization).cloned();
    let administered = current.clone().filter(|organization| policy::may(organization.held, Action::SeeMembers));
    view! {
        {has_development_mailbox.then(|| view! { <DevelopmentBanner /> })}
        <Header
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

#[component]
fn DevelopmentBanner() -> impl IntoView {
    view! {
        <aside class="banner" aria-label="Development mode">
            <p>
                "Development mode: mail is not sent; read it in the " <a href=paths::DEVELOPMENT_MAILBOX>"development mailbox"</a> "."
            </p>
        </aside>
    }
}
