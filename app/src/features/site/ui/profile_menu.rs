//! The person's own menu.

use leptos::prelude::*;

use crate::features::auth::sign_in::ui::SignOutForm;
use crate::features::site::model::{ViewerOrganization, ViewerPerson};
use crate::paths;
use crate::ui::{Avatar, Icon, Menu, MenuDisclosure, MenuItem, MenuKind, MenuLink, MenuSeparator, MenuTrigger};

/// The round button and what it opens: oneself, one's organizations, the way out.
#[component]
pub fn ProfileMenu(
    /// Whose menu it is.
    person: ViewerPerson,
) -> impl IntoView {
    let ViewerPerson { name, email, organizations, .. } = person;
    let face = (name.clone(), email.clone());
    let has_organizations = !organizations.is_empty();
    let organizations = organizations.into_iter().map(|organization| view! { <OrganizationEntry organization /> }).collect_view();
    view! {
        <div class="profile-menu">
            <Menu
                id="profile-menu"
                label="Profile"
                kind=MenuKind::Panel
                trigger=MenuTrigger::Round
                face=move || view! { <Avatar name=face.0.clone() id=face.1.clone() /> }
            >
                <div class="profile-menu__person">
                    <Avatar name=name.clone() id=email.clone() />
                    <div class="profile-menu__text">
                        <p class="profile-menu__name">{name}</p>
                        <p class="profile-menu__address">{email}</p>
                    </div>
                </div>
                <MenuSeparator />
                {organizations}
                {has_organizations.then(|| view! { <MenuSeparator /> })}
                <MenuLink href=paths::ACCOUNT icon=Icon::UserRound>"My account"</MenuLink>
                <MenuLink href=paths::HELP icon=Icon::CircleQuestionMark>"Help"</MenuLink>
                <SignOutForm>
                    <MenuItem icon=Icon::LogOut>"Sign out"</MenuItem>
                </SignOutForm>
            </Menu>
        </div>
    }
}

/// An organization's name; it unfolds the way in.
#[component]
fn OrganizationEntry(organization: ViewerOrganization) -> impl IntoView {
    let ViewerOrganization { slug, name, role, .. } = organization;
    let address = paths::organization(&slug);
    let shown = name.clone();
    view! {
        <MenuDisclosure
            group="profile-organization"
            summary=move || {
                view! {
                    <Avatar name=shown.clone() id=slug.clone() />
                    <span class="profile-menu__organization">
                        {shown.clone()}
                        <span class="profile-menu__role">
                            <span class="sr-only">", "</span>
                            {role.label()}
                        </span>
                    </span>
                }
            }
        >
            <MenuLink href=address icon=Icon::Rocket>
                "Launch" <span class="sr-only">" "{name}</span>
            </MenuLink>
        </MenuDisclosure>
    }
}
