//! The list's rows.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use super::row_actions::{MembersMenu, RowActions};
use crate::features::invitations::api::SendInvitationAgain;
use crate::features::members::model::MemberRow;
use crate::features::memberships::MemberStatus;
use crate::ui::form::Submission;
use crate::ui::{Avatar, Badge, Notice, Table, Tone};

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

/// How sending an invitation ended, where this page is the answer to it.
#[component]
pub fn SendingNotice() -> impl IntoView {
    match Submission::<SendInvitationAgain>::here().answer() {
        Some(Ok(done)) => view! { <Notice tone=Tone::Green title=done.title><p>{done.message}</p></Notice> }.into_any(),
        Some(Err(failure)) => {
            view! { <Notice tone=Tone::Red title="The invitation was not sent"><p>{failure.to_string()}</p></Notice> }.into_any()
        }
        None => ().into_any(),
    }
}

/// One row for each person, and the menu of what can be done with them. What a row holds keeps its own type: a list builds it a hundred
/// times, and what any view may be (`into_any`) lies in boxes.
#[component]
pub fn MemberTable(
    /// The organization.
    slug: String,
    /// The rows, in order.
    rows: Vec<MemberRow>,
    /// The list's address, to which confirmed actions lead back.
    own_address: String,
) -> impl IntoView {
    let changed = Submission::<SendInvitationAgain>::here().success().map(|done| done.member);
    let rows = rows
        .into_iter()
        .map(|row| {
            let is_changed = changed == Some(row.id);
            let id = row.id.to_string();
            let cells = view! {
                <MemberCells row=row.clone() />
                <td><RowActions row /></td>
            };
            if is_changed {
                Either::Left(view! { <tr data-row=id class="table__row--flash">{cells}</tr> })
            } else {
                Either::Right(view! { <tr data-row=id>{cells}</tr> })
            }
        })
        .collect_view();
    view! {
        <Table caption="Members">
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
            <tbody>{rows}</tbody>
        </Table>
        <MembersMenu slug own_address />
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
        Some(true) => EitherOf3::A(view! { <span class="members__on">"On"</span> }),
        Some(false) => EitherOf3::B("Off"),
        None => EitherOf3::C("—"),
    };
    let last_active = match row.last_active_at {
        Some(at) => Either::Left(view! { <time datetime=at.iso()>{at.date_utc()}</time> }),
        None => Either::Right("—"),
    };
    let until = row
        .link_valid_until
        .filter(|_| row.status == MemberStatus::Invited)
        .map(|at| view! { " " <span class="person__detail">"until " <time datetime=at.iso()>{at.date_time_utc()}</time></span> });
    let badge = view! { <Badge tone=tone(row.status)>{row.status.label()}</Badge> };
    // What stands beside the label is one element, where rows are cards.
    let status = match until {
        Some(until) => Either::Left(view! { <div>{badge}{until}</div> }),
        None => Either::Right(badge),
    };
    view! {
        <th scope="row">
            <div class="person">
                <Avatar name=called.clone() id=row.id.to_string() />
                <span class="person__name">{called}{row.is_self.then(|| view! { <span class="person__you">" (you)"</span> })}</span>
                {(!detail.is_empty()).then(|| view! { <span class="person__detail">{detail}</span> })}
            </div>
        </th>
        <td data-label="Role">{row.role.label()}</td>
        <td data-label="Applications">{applications}</td>
        <td data-label="Status">{status}</td>
        <td data-label="Two-factor">{two_factor}</td>
        <td data-label="Last active">{last_active}</td>
    }
}
