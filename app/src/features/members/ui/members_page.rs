//! The people of an organization.

use leptos::prelude::*;

use super::member_table::{MemberTable, SendingNotice};
use crate::features::members::api::ListMembers;
use crate::features::members::model::{MemberList, MemberQuery};
use crate::features::organizations::ui::{OrganizationPage, OrganizationTab, organization_in_address};
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::call::load;
use crate::ui::{
    Button, ButtonLink, ButtonVariant, EmptyState, Icon, Notice, PageHeader, PageSizes, Pagination, SearchField, Tone, Toolbar,
};
use crate::values::page::{PageSize, Total};

/// With fewer rows, every size shows the same.
const FEWEST_ROWS_OF_A_PAGE: usize = 25;

/// Members, and Admin → Users.
#[component]
pub fn MembersPage() -> impl IntoView {
    let slug = organization_in_address();
    let query = MemberQuery { search: in_query("search"), after: in_query("after"), before: in_query("before"), size: in_query("size") };
    let list = load(ListMembers { organization: slug.clone(), query: query.clone() });
    view! {
        <OrganizationPage
            tab=OrganizationTab::Members
            title="Members"
            data=list
            view=move |list: MemberList| view! { <MembersContent slug query list /> }.into_any()
        />
    }
}

#[component]
fn MembersContent(slug: String, query: MemberQuery, list: MemberList) -> impl IntoView {
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
    let is_cancelled = in_query("done") == paths::INVITATION_CANCELLED;

    view! {
        <div class="members">
            <PageHeader
                title="Members"
                sentence="Who belongs here, what they may do, and which applications they may open."
                action=move || view! { <ButtonLink href=invite.clone() variant=ButtonVariant::Primary icon=Icon::UserPlus>"Invite Users"</ButtonLink> }
            />
            <div class="members__notices" data-live="notices">
                {list.has_single_administrator.then(|| view! { <SingleAdministrator /> })}
                {is_cancelled.then(|| view! { <InvitationCancelled /> })}
                <SendingNotice />
            </div>
            <SearchForm slug=slug.clone() query=query.clone() count />
            <div data-live="list">
                {if is_empty && searches {
                    view! { <NobodyFound slug /> }.into_any()
                } else {
                    view! { <MemberTable slug rows=list.page.rows own_address /> }.into_any()
                }}
            </div>
            <div class="members__pages" data-live="pager">
                <Pagination previous next label="Pages of members" />
                {offers_sizes.then(|| view! { <PageSizes sizes current=size /> })}
            </div>
        </div>
    }
}

#[component]
fn SingleAdministrator() -> impl IntoView {
    view! {
        <Notice tone=Tone::Amber title="There is only one administrator">
            <p>"If that person can't sign in, nobody can manage this organization. Invite a second one as Administrator."</p>
        </Notice>
    }
}

#[component]
fn InvitationCancelled() -> impl IntoView {
    view! {
        <Notice tone=Tone::Green title="Invitation cancelled">
            <p>"Every link that was sent stopped working at once."</p>
        </Notice>
    }
}

#[component]
fn NobodyFound(slug: String) -> impl IntoView {
    let all = paths::members(&slug);
    view! {
        <EmptyState
            title="Nobody found"
            explanation="No name, username or e-mail address contains all of these words. Three letters find any part of a word; one or two find its beginning."
            icon=Icon::Search
            action=move || view! { <ButtonLink href=all.clone()>"Show everybody"</ButtonLink> }
        />
    }
}

/// The search works as a form; with scripts the list follows while one types.
#[component]
fn SearchForm(slug: String, query: MemberQuery, count: String) -> impl IntoView {
    let MemberQuery { search, size, .. } = query;
    view! {
        <form method="get" action=paths::members(&slug) role="search" data-follow>
            <Toolbar count>
                <SearchField name="search" label="Search members" value=search />
                <span class="toolbar__submit"><Button>"Search"</Button></span>
            </Toolbar>
            {(!size.is_empty()).then(|| view! { <input type="hidden" name="size" value=size /> })}
        </form>
    }
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
