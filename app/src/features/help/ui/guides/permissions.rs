//! Roles and what each permission means.

use leptos::prelude::*;

use crate::features::help::model::Guide;
use crate::features::permissions::{Permission, Role};
use crate::paths;
use crate::ui::{Badge, Tone};

/// The guide *Permissions*. It reads the lists from the policy, so that it can't say anything else.
#[component]
pub fn Permissions() -> impl IntoView {
    let roles = Role::ALL.into_iter().map(|role| view! { <RoleParagraph role /> }).collect_view();
    let permissions = Permission::ALL.into_iter().map(|permission| view! { <PermissionParagraph permission /> }).collect_view();
    view! {
        <p>
            "What somebody may do is decided in each organization for itself: a person can be an administrator in one and a user in another. Changes act at the very next thing the person does."
        </p>

        <h2>"Roles"</h2>
        <p>"A role is a set of permissions to begin with."</p>
        {roles}

        <h2>"Permissions"</h2>
        {permissions}

        <h2>"Sensitive permissions"</h2>
        <p>
            "A permission marked as sensitive gives power over other people. Whoever holds one must sign in with two factors, and is led to setting them up before the organization opens. Levels of access to an application can be sensitive, too. See the guide "
            <a href=paths::help(Guide::TwoFactor.slug())>{Guide::TwoFactor.title()}</a> "."
        </p>

        <h2>"Nobody gives more than they have"</h2>
        <p>
            "Whoever manages people can offer the permissions and the access that they hold themselves, and cannot act on somebody who holds more. This is checked again when an invitation is accepted."
        </p>

        <h2>"If a page says that you may not open it"</h2>
        <p>"The page offers a form that reaches the administrators of the organization by mail. They see who you are and answer you directly. The form also stands on the organization's " <strong>"Overview"</strong> "."</p>
    }
}

#[component]
fn RoleParagraph(role: Role) -> impl IntoView {
    let sentence = match role {
        Role::Administrator => "Holds every permission, always. An organization keeps at least one administrator.",
        Role::User => "Opens the applications to which access was granted, and sees the overview.",
        Role::Restricted => "Holds nothing at first and sees only the overview, without applications.",
    };
    view! {
        <h3>{role.label()}</h3>
        <p>{sentence}</p>
    }
}

#[component]
fn PermissionParagraph(permission: Permission) -> impl IntoView {
    view! {
        <h3>{permission.label()} {permission.is_sensitive().then(|| view! { " " <Badge tone=Tone::Amber>"Sensitive"</Badge> })}</h3>
        <p>{permission.explanation()}</p>
    }
}
