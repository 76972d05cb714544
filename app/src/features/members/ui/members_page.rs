//! The people of an organization.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::deactivate_page::DeactivateDialog;
use super::member_table::{Asked, Changes, MemberTable};
use crate::features::invitations::api::SendInvitationAgain;
use crate::features::invitations::ui::CancelInvitationDialog;
use crate::features::members::api::ListMembers;
use crate::features::members::model::{MemberList, MemberQuery};
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::call::{Loading, load};
use crate::ui::form::Submission;
use crate::ui::{
    Button, ButtonLink, ButtonVariant, EmptyState, Icon, Notice, PageHeader, PageSizes, Pagination, SearchField, Tone, Toolbar,
};
use crate::values::page::{PageSize, Total};

/// With fewer rows, every size shows the same.
const FEWEST_ROWS_OF_A_PAGE: usize = 25;
const PAUSE: Duration = Duration::from_millis(200);

/// Members, and Admin → Users.
#[component]
pub fn MembersPage() -> impl IntoView {
    let address_query = use_query_map();
    let slug = organization_in_address();
    let query = Memo::new(move |_| {
        let pairs = address_query.read();
        let value = |name: &str| pairs.get(name).unwrap_or_default();
        MemberQuery { search: value("search"), after: value("after"), before: value("before"), size: value("size") }
    });
    let list = load(move || ListMembers { organization: slug.get(), query: query.get() });
    let done = Memo::new(move |_| address_query.read().get("done").unwrap_or_default());
    // One call for the whole list: its outcome is told above the rows, which are then read again.
    let sending = Submission::<SendInvitationAgain>::new();
    Effect::new(move |earlier: Option<usize>| {
        let version = sending.version().get();
        if earlier.is_some_and(|earlier| earlier != version) {
            list.load_again();
        }
        version
    });
    let changes = Changes { sending, asked: RwSignal::new(None), done: RwSignal::new(None) };
    let follow = followed_search(slug, query);

    view! {
        {move || changes.asked.get().map(|asked| view! { <AskedDialog slug=slug.get_untracked() query=query.get_untracked() asked changes list /> })}
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Members"
            data=list
            view=move |list: MemberList| {
                let (slug, query) = (slug.get_untracked(), query.get_untracked());
                view! { <MembersContent slug query list changes follow done=done.get_untracked() /> }.into_any()
            }
        />
    }
}

#[component]
fn MembersContent(
    slug: String,
    query: MemberQuery,
    list: MemberList,
    changes: Changes,
    follow: Callback<String>,
    done: String,
) -> impl IntoView {
    let page_address = {
        let (slug, query) = (slug.clone(), query.clone());
        move |name: &'static str, cursor: String| {
            let kept = [("search", query.search.clone()), ("size", query.size.clone()), (name, cursor)];
            address(&slug, &kept)
        }
    };
    let previous = list.page.previous.clone().map(|cursor| page_address("before", cursor));
    let next = list.page.next.clone().map(|cursor| page_address("after", cursor));
    let total = list.page.total;
    let count = match total {
        total if !query.search.is_empty() => format!("{total} found"),
        Total::Exact(1) => "1 person".to_owned(),
        total => format!("{total} people"),
    };
    let invite = paths::invite_members(&slug);
    let own_address = own_address(&slug, &query);
    let size = PageSize::parse(&query.size).unwrap_or_default();
    let sizes =
        PageSize::ALL.map(|size| (size, address(&slug, &[("search", query.search.clone()), ("size", size.rows().to_string())]))).to_vec();
    let has_more_pages = list.page.previous.is_some() || list.page.next.is_some();
    let offers_sizes = has_more_pages || list.page.rows.len() > FEWEST_ROWS_OF_A_PAGE;
    let is_empty = list.page.rows.is_empty();
    let searches = !query.search.is_empty();

    view! {
        <div class="members">
            <PageHeader
                title="Members"
                sentence="Who belongs here, what they may do, and which applications they may open."
                action=move || view! { <ButtonLink href=invite.clone() variant=ButtonVariant::Primary icon=Icon::UserPlus>"Invite Users"</ButtonLink> }
            />
            {list
                .has_single_administrator
                .then(|| {
                    view! {
                        <Notice tone=Tone::Amber title="There is only one administrator">
                            <p>"If that person can't sign in, nobody can manage this organization. Invite a second one as Administrator."</p>
                        </Notice>
                    }
                })}
            {move || (done == paths::INVITATION_CANCELLED || matches!(changes.done.get(), Some(Asked::CancelInvitation(_))))
                .then(|| {
                    view! {
                        <Notice tone=Tone::Green title="Invitation cancelled">
                            <p>"Every link that was sent stopped working at once."</p>
                        </Notice>
                    }
                })}
            <SearchForm slug=slug.clone() query=query.clone() follow count />
            {if is_empty && searches {
                let all = paths::members(&slug);
                view! {
                    <EmptyState
                        title="Nobody found"
                        explanation="No name, username or e-mail address contains all of these words. Three letters find any part of a word; one or two find its beginning."
                        icon=Icon::Search
                        action=move || view! { <ButtonLink href=all.clone()>"Show everybody"</ButtonLink> }
                    />
                }
                .into_any()
            } else {
                view! { <MemberTable slug=slug.clone() rows=list.page.rows changes own_address /> }.into_any()
            }}
            <Pagination previous next label="Pages of members" />
            {offers_sizes.then(|| view! { <PageSizes sizes current=size /> })}
        </div>
    }
}

/// The question that was chosen from a row's menu. What it changes is read again, and shown behind it.
#[component]
fn AskedDialog(slug: String, query: MemberQuery, asked: Asked, changes: Changes, list: Loading<MemberList>) -> impl IntoView {
    let on_close = Callback::new(move |()| changes.asked.set(None));
    let own_address = own_address(&slug, &query);
    let on_done = Callback::new(move |()| {
        changes.done.set(Some(asked));
        list.load_again();
    });
    match asked {
        Asked::CancelInvitation(member) => {
            let on_cancelled = Callback::new(move |()| {
                on_done.run(());
                changes.asked.set(None);
            });
            view! { <CancelInvitationDialog slug member list=own_address on_close on_cancelled /> }.into_any()
        }
        Asked::Deactivate(member) => view! { <DeactivateDialog slug member list=own_address on_close on_deactivated=on_done /> }.into_any(),
    }
}

/// The search works as a form; with scripts the list follows while one types.
#[component]
fn SearchForm(slug: String, query: MemberQuery, follow: Callback<String>, count: String) -> impl IntoView {
    let action = paths::members(&slug);
    let size = query.size.clone();
    view! {
        <form method="get" action=action role="search" on:input=move |event| follow.run(event_target_value(&event))>
            <Toolbar count=Signal::stored(count)>
                <SearchField name="search" label="Search members" value=query.search />
                <span class="toolbar__submit"><Button>"Search"</Button></span>
            </Toolbar>
            {(!size.is_empty()).then(|| view! { <input type="hidden" name="size" value=size /> })}
        </form>
    }
}

/// Leads to what is searched for once the typing pauses. It belongs to the page, not to a list: a list that arrives in the pause
/// takes the place of an earlier one, and what waited there would be lost.
fn followed_search(slug: Memo<String>, query: Memo<MemberQuery>) -> Callback<String> {
    let navigate = use_navigate();
    let follow = StoredValue::new(leptos::leptos_dom::helpers::debounce(PAUSE, move |search: String| {
        let target = address(&slug.get_untracked(), &[("search", search), ("size", query.get_untracked().size)]);
        navigate(&target, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }));
    Callback::new(move |search| follow.update_value(|follow| follow(search)))
}

fn own_address(slug: &str, query: &MemberQuery) -> String {
    let MemberQuery { search, after, before, size } = query.clone();
    address(slug, &[("search", search), ("size", size), ("after", after), ("before", before)])
}

fn address(slug: &str, pairs: &[(&str, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    let path = paths::members(&slug);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
