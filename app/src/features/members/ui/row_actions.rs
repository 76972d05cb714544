//! What can be done with a row: the menu that all of them share, and the button that opens it.

use leptos::prelude::*;

use crate::features::invitations::api::SendInvitationAgain;
use crate::features::members::model::{MemberAction, MemberRow};
use crate::paths;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::words::{CALLED_PLACE, MEMBER_PLACE};
use crate::ui::{Icon, MenuItem, MenuLink, RowMenu, RowMenuButton};

const MENU: &str = "row-menu";

/// One item for each kind of action; which of them a row offers is said by its button.
#[component]
pub fn MembersMenu(
    /// The organization.
    slug: String,
    /// The list's address, to which confirmed actions lead back.
    own_address: String,
) -> impl IntoView {
    let next = Some(own_address.clone()).filter(|list| *list != paths::members(&slug));
    // Built inside the menu, which tells its items their role.
    let items = move || {
        MemberAction::ALL
            .into_iter()
            .map(|action| view! { <Item slug=slug.clone() own_address=own_address.clone() action /> })
            .collect_view()
    };
    view! { <RowMenu id=MENU next>{items()}</RowMenu> }
}

#[component]
fn Item(slug: String, own_address: String, action: MemberAction) -> impl IntoView {
    let (words, kind) = (action.words(), action.kind());
    let (icon, title, page) = match action {
        MemberAction::SendAgain | MemberAction::SendWelcomeMail => {
            return view! {
                <SendForm slug member=MEMBER_PLACE.to_owned() list=own_address class="menu__form" attr:data-action=kind>
                    <MenuItem icon=Icon::Send>{words}</MenuItem>
                </SendForm>
            }
            .into_any();
        }
        MemberAction::CancelInvitation => {
            (Icon::Ban, format!("Cancel the invitation of {CALLED_PLACE}?"), paths::cancel_invitation(&slug, &MEMBER_PLACE, &own_address))
        }
        MemberAction::Deactivate => {
            (Icon::UserX, format!("Deactivate {CALLED_PLACE}?"), paths::deactivate_member(&slug, &MEMBER_PLACE, &own_address))
        }
    };
    view! {
        <MenuLink href=page icon attr:data-action=kind attr:data-ask="" attr:data-ask-title=title>{words}</MenuLink>
    }
    .into_any()
}

/// What a row ends with: nothing where nothing can be done.
#[component]
pub fn RowActions(
    /// The row.
    row: MemberRow,
) -> impl IntoView {
    let kinds = row.actions.iter().map(|action| action.kind()).collect::<Vec<_>>().join(" ");
    let called = row.called().to_owned();
    let has_actions = !row.actions.is_empty();
    has_actions.then(|| view! { <RowMenuButton page=paths::member_actions_from_list(&row.id) actions=kinds called /> })
}

/// Sends an invitation; its child is the button. The outcome is told above the list.
#[component]
pub fn SendForm(
    /// The organization.
    slug: String,
    /// The membership.
    member: String,
    /// The list's address.
    list: String,
    /// Class of the form.
    class: &'static str,
    /// The button.
    children: Children,
) -> impl IntoView {
    let submission = Submission::<SendInvitationAgain>::here();
    view! {
        <Form submission class address=list summary=false>
            <input type="hidden" name="organization" value=slug />
            <HiddenField name="member" value=member />
            {children()}
        </Form>
    }
}
