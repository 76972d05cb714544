//! The shell of every page and the route table: the site's table of contents.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::features::accepting::ui::CompletePage;
use crate::features::account::ui::AccountPage;
use crate::features::auth::set_up::ui::SetUpPage;
use crate::features::auth::sign_in::ui::SignInPage;
use crate::features::auth::two_factor::ui::{TwoFactorPage, TwoFactorSettingsPage};
use crate::features::help::ui::{GuidePage, HelpPage};
use crate::features::home::ui::{HomePage, OpenApplicationPage};
use crate::features::invitations::ui::{CancelInvitationPage, InvitePage};
use crate::features::mailbox::ui::MailboxPage;
use crate::features::members::ui::{DeactivatePage, LeavePage, MemberActionsPage, MembersPage};
use crate::features::organizations::ui::OverviewPage;
use crate::features::site::ui::{ChosenTheme, SiteFooter, SiteHeader};
use crate::ui::page::NotFoundPage;
use crate::ui::raw_text::raw_text;
use crate::ui::{Announcements, SiteAssets, SkipLink};

/// The document around a page. `is_interactive` says whether it loads the browser's side: pages for strangers work without, so
/// that they appear at once.
pub fn shell(assets: SiteAssets, theme: Option<&'static str>, is_interactive: bool) -> impl IntoView {
    provide_context(ChosenTheme(theme));
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme data-release=assets.release>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css />
                <link rel="icon" href=assets.favicon type="image/svg+xml" />
                {is_interactive.then(|| view! { <StartScript js=assets.js wasm=assets.wasm /> })}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The browser's side: a module that begins by itself, and what it loads next.
#[component]
fn StartScript(js: String, wasm: String) -> impl IntoView {
    view! {
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" src=js></script>
    }
}

/// Everything inside the body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Body />
        </Router>
    }
}

#[component]
fn Body() -> impl IntoView {
    view! {
        <leptos_meta::Title formatter=|title: String| {
            if title.is_empty() { "Nexus".to_owned() } else { raw_text(&format!("{title} · Nexus")) }
        } />
        <SkipLink target="main" />
        <Announcements />
        <SiteHeader />
        <FlatRoutes fallback=NotFoundPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
            <Route path=path!("/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
            <Route path=path!("/set-up") view=SetUpPage ssr=SsrMode::Async />
            <Route path=path!("/complete") view=CompletePage ssr=SsrMode::Async />
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
            <Route path=path!("/account/two-factor") view=TwoFactorSettingsPage ssr=SsrMode::Async />
            <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async />
            <Route path=path!("/help/:guide") view=GuidePage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization") view=OverviewPage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/leave") view=LeavePage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/members") view=MembersPage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/members/invite") view=InvitePage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/members/:member/deactivate") view=DeactivatePage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/members/:member/actions") view=MemberActionsPage ssr=SsrMode::Async />
            <Route path=path!("/organizations/:organization/members/:member/cancel-invitation") view=CancelInvitationPage ssr=SsrMode::Async />
            <Route path=path!("/applications/:application/open") view=OpenApplicationPage ssr=SsrMode::Async />
            <Route path=path!("/dev/mailbox") view=MailboxPage ssr=SsrMode::Async />
            <Route path=path!("/dev/mailbox/:mail") view=MailboxPage ssr=SsrMode::Async />
        </FlatRoutes>
        <SiteFooter />
    }
}
