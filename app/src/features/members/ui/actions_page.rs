//! What can be done with somebody, on a page: where a row's menu can't open, its button leads here.

use leptos::prelude::*;

use super::member_table::tone;
use super::row_actions::SendForm;
use crate::features::members::api::ReadMemberActions;
use crate::features::members::model::{MemberAction, MemberActions, MemberRow};
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::address::{in_path, in_query};
use crate::ui::call::load;
use crate::ui::{Badge, Button, ButtonLink, ButtonVariant, Icon, PageHeader};

/// The person, and a button for each action of their row.
#[component]
pub fn MemberActionsPage() -> impl IntoView {
    let actions = load(ReadMemberActions { organization: organization_in_address(), member: in_path("member") });
    let next = in_query("next");
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Actions"
            data=actions
            view=move |actions: MemberActions| {
                let slug = actions.organization.slug;
                let list = paths::members_or(&slug, &next);
                view! { <Actions slug member=actions.member list /> }.into_any()
            }
        />
    }
}

#[component]
fn Actions(slug: String, member: MemberRow, list: String) -> impl IntoView {
    let title = format!("Actions for {}", member.called());
    let status = member.status;
    let back = list.clone();
    let id = member.id.to_string();
    let is_nothing_left = member.actions.is_empty();
    let buttons = member
        .actions
        .into_iter()
        .map(|action| view! { <ActionButton slug=slug.clone() member=id.clone() list=list.clone() action /> })
        .collect_view();
    view! {
        <PageHeader
            title
            beside=move || view! { <Badge tone=tone(status)>{status.label()}</Badge> }
            above=move || {
                view! {
                    <a class="back-link" href=back.clone()>
                        <Icon name=Icon::ArrowLeft />
                        "Members"
                    </a>
                }
            }
        />
        {is_nothing_left.then(|| view! { <p>"There is nothing that you can do here."</p> })}
        <div class="actions">{buttons}</div>
    }
}

#[component]
fn ActionButton(slug: String, member: String, list: String, action: MemberAction) -> impl IntoView {
    let words = action.words();
    let page = match action {
        MemberAction::SendAgain | MemberAction::SendWelcomeMail => {
            return view! {
                <SendForm slug member list class="form form--inline">
                    <Button variant=ButtonVariant::Primary icon=Icon::Send>{words}</Button>
                </SendForm>
            }
            .into_any();
        }
        MemberAction::CancelInvitation => paths::cancel_invitation(&slug, &member, &list),
        MemberAction::Deactivate => paths::deactivate_member(&slug, &member, &list),
    };
    view! { <ButtonLink href=page>{words}</ButtonLink> }.into_any()
}
