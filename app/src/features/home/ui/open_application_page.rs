//! The way to an application.

use leptos::prelude::*;

use crate::features::applications::api::OpenApplication;
use crate::features::applications::model::Opening;
use crate::features::organizations::ui::MessageAdministratorsForm;
use crate::paths;
use crate::ui::address::in_path;
use crate::ui::call::load;
use crate::ui::page::{Loaded, Page};
use crate::ui::page_status::PageStatus;
use crate::ui::{ButtonLink, ButtonVariant};

/// Leads to the application, or says why not.
#[component]
pub fn OpenApplicationPage() -> impl IntoView {
    let opening = load(OpenApplication { application: in_path("application") });
    let status = PageStatus::here();
    view! {
        <Loaded
            data=opening
            view=move |opening| match opening {
                Opening::At { address, name } => {
                    status.go_to(&address);
                    view! { <OnTheWay address name /> }.into_any()
                }
                Opening::Refused { reason, organization, organization_name } => {
                    status.set(403);
                    view! { <Refused reason=reason.to_string() organization organization_name /> }.into_any()
                }
            }
        />
    }
}

/// Seen only where the browser does not follow by itself.
#[component]
fn OnTheWay(address: String, name: String) -> impl IntoView {
    view! {
        <Page title=name.clone() class="page page--narrow">
            <h1>{format!("Opening {name}")}</h1>
            <p>
                <a href=address rel="external">{format!("Go to {name}")}</a>
            </p>
        </Page>
    }
}

#[component]
fn Refused(reason: String, organization: String, organization_name: String) -> impl IntoView {
    view! {
        <Page title="You may not open this application" class="page page--narrow">
            <div class="problem">
                <h1 class="problem__title">"You may not open this application"</h1>
                <div class="problem__explanation">
                    <p>{reason}</p>
                    <p>{format!("Contact an administrator of {organization_name} if you need it.")}</p>
                </div>
                <div class="card">
                    <h2>"Message the administrators"</h2>
                    <MessageAdministratorsForm organization />
                </div>
                <p class="problem__actions">
                    <ButtonLink href=paths::HOME variant=ButtonVariant::Secondary>"Go to the home page"</ButtonLink>
                </p>
            </div>
        </Page>
    }
}
