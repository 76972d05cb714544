//! The list's rows.

use leptos::ev;
use leptos::prelude::*;

use crate::features::invitations::api::SendInvitationAgain;
use crate::features::members::model::{MemberAction, MemberRow};
use crate::features::memberships::MemberStatus;
use crate::paths;
use crate::ui::dialog;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::{Avatar, Badge, Icon, LiveRegion, Menu, MenuItem, MenuLink, Notice, Table, TableLayout, Tone};
use crate::values::ids::MembershipId;

/// The color of a status; the word says the same.
pub fn tone(status: MemberStatus) -> Tone {
    match status {
        MemberStatus::NotNotified => Tone::Neutral,
        MemberStatus::Invited => Tone::Blue,
        MemberStatus::InvitationExpired => Tone::Amber,
        MemberStatus::Active => Tone::Green,
        MemberStatus::Deactivated => Tone::Red,
    }
}

/// What scripts do to the list in place. It outlives the rows, which are read again after each change.
#[derive(Clone, Copy)]
pub struct Changes {
    /// The call by which every row sends its invitation; its outcome is told above the rows.
    pub sending: Submission<SendInvitationAgain>,
    /// The question that is open.
    pub asked: RwSignal<Option<Asked>>,
    /// The last question that was answered with yes.
    pub done: RwSignal<Option<Asked>>,
}

/// A question about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether its invitation is cancelled.
    CancelInvitation(MembershipId),
    /// Whether its person is deactivated.
    Deactivate(MembershipId),
}

impl Changes {
    /// Asks over the list, unless the question's page is wanted in a tab of its own.
    fn asking(self, question: Asked) -> Callback<ev::MouseEvent> {
        Callback::new(move |event| {
            if dialog::take_over(&event) {
                self.done.set(None);
                self.asked.set(Some(question));
            }
        })
    }
}

/// One row for each person, with what can be done in a menu at its end.
#[component]
pub fn MemberTable(
    /// The organization.
    slug: String,
    /// The rows, in order.
    rows: Vec<MemberRow>,
    /// What scripts do to the list in place.
    changes: Changes,
    /// The list's address, to which confirmed actions lead back.
    own_address: String,
) -> impl IntoView {
    let sending = changes.sending;
    let done = move || sending.success().map(|done| done.message);
    let failed = move || sending.failure().map(|failure| failure.to_string());
    let announced = Signal::derive(move || done().or_else(failed).unwrap_or_default());
    let is_changed = move |id| changes.done.get() == Some(Asked::Deactivate(id)) || sending.success().is_some_and(|done| done.member == id);

    view! {
        <LiveRegion message=announced />
        {move || sending.success().map(|done| view! { <Notice tone=Tone::Green title=done.title><p>{done.message}</p></Notice> })}
        {move || failed().map(|message| view! { <Notice tone=Tone::Red title="The invitation was not sent"><p>{message}</p></Notice> })}
        <Table caption="Members" layout=TableLayout::Wide>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Role"</th>
                    <th scope="col">"Applications"</th>
                    <th scope="col">"Status"</th>
                    <th scope="col">"Two-factor"</th>
                    <th scope="col">"Last active"</th>
                    <th scope="col"><span class="sr-only">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| {
                        let id = row.id;
                        view! {
                            <tr class:table__row--flash=move || is_changed(id)>
                                <MemberCells row=row.clone() />
                                <td class="table__cell--action">
                                    <RowMenu slug=slug.clone() row changes own_address=own_address.clone() />
                                </td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </Table>
    }
}

#[component]
fn MemberCells(row: MemberRow) -> impl IntoView {
    let called = row.called().to_owned();
    let detail = match (row.name.is_empty(), row.username.is_empty()) {
        (true, _) => String::new(),
        (false, true) => row.email.clone(),
        (false, false) => format!("{} · {}", row.username, row.email),
    };
    let applications = if row.applications.is_empty() { "—".to_owned() } else { row.applications.join(", ") };
    let two_factor = match row.has_factor {
        Some(true) => {
            view! { <span class="members__two-factor members__two-factor--on"><Icon name=Icon::ShieldCheck />"On"</span> }.into_any()
        }
        Some(false) => view! { <span class="members__two-factor">"Off"</span> }.into_any(),
        None => view! { "—" }.into_any(),
    };
    let last_active = row
        .last_active_at
        .map_or_else(|| view! { "—" }.into_any(), |at| view! { <time datetime=at.iso()>{at.date_utc()}</time> }.into_any());
    let until = row
        .link_valid_until
        .filter(|_| row.status == MemberStatus::Invited)
        .map(|at| view! { <span class="person__detail">"until " <time datetime=at.iso()>{at.date_time_utc()}</time></span> });
    view! {
        <th scope="row" class="table__cell--main members__name">
            <div class="person">
                <Avatar name=called.clone() id=row.id.to_string() />
                <div class="person__text">
                    <span class="person__name">{called}{row.is_self.then(|| view! { <span class="person__you">" (you)"</span> })}</span>
                    {(!detail.is_empty()).then(|| view! { <span class="person__detail">{detail}</span> })}
                </div>
            </div>
        </th>
        <td data-label="Role">{row.role.label()}</td>
        <td data-label="Applications">{applications}</td>
        <td data-label="Status"><div><Badge tone=tone(row.status)>{row.status.label()}</Badge> " " {until}</div></td>
        <td data-label="Two-factor">{two_factor}</td>
        <td data-label="Last active" class="members__date">{last_active}</td>
    }
}

#[component]
fn RowMenu(slug: String, row: MemberRow, changes: Changes, own_address: String) -> impl IntoView {
    if row.actions.is_empty() {
        return ().into_any();
    }
    let row_id = row.id;
    let member = row_id.to_string();
    let sending = changes.sending;
    let id = format!("actions-{member}");
    let label = format!("Actions for {}", row.called());
    // Built inside the menu, which tells its items their role.
    let items = move || {
        row.actions
            .iter()
            .map(|action| {
                let (slug, member) = (slug.clone(), member.clone());
                match action {
                    MemberAction::SendAgain => view! { <SendForm slug member sending words="Send again" /> }.into_any(),
                    MemberAction::SendWelcomeMail => view! { <SendForm slug member sending words="Send welcome-email" /> }.into_any(),
                    MemberAction::CancelInvitation => {
                        let confirm = paths::cancel_invitation(&slug, &member, &own_address);
                        let ask = changes.asking(Asked::CancelInvitation(row_id));
                        view! { <MenuLink href=confirm icon=Icon::Ban on_press=ask>"Cancel invitation"</MenuLink> }.into_any()
                    }
                    MemberAction::Deactivate => {
                        let confirm = paths::deactivate_member(&slug, &member, &own_address);
                        let ask = changes.asking(Asked::Deactivate(row_id));
                        view! { <MenuLink href=confirm icon=Icon::UserX on_press=ask>"Deactivate"</MenuLink> }.into_any()
                    }
                }
            })
            .collect_view()
    };
    view! {
        <Menu id label>
            {items()}
        </Menu>
    }
    .into_any()
}

#[component]
fn SendForm(slug: String, member: String, sending: Submission<SendInvitationAgain>, words: &'static str) -> impl IntoView {
    view! {
        <Form submission=sending class="menu__form" summary=false>
            <input type="hidden" name="organization" value=slug />
            <HiddenField name="member" value=member />
            <MenuItem icon=Icon::Send>{words}</MenuItem>
        </Form>
    }
}
