//! Asking before somebody leaves.

use leptos::prelude::*;

use crate::features::members::api::LeaveOrganization;
use crate::features::organizations::api::ReadOverview;
use crate::features::organizations::model::Overview;
use crate::features::organizations::ui::{ForbiddenPage, organization_in_address};
use crate::paths;
use crate::ui::call::load;
use crate::ui::form::{Form, Submission};
use crate::ui::page::{Loaded, Page};
use crate::ui::{Button, ButtonLink, ButtonVariant, Icon, Notice, PageHeader, Tone};

/// Says what leaving means, and does it.
#[component]
pub fn LeavePage() -> impl IntoView {
    let overview = load(ReadOverview { organization: organization_in_address() });
    view! {
        <Loaded
            data=overview
            view=|overview| view! { <LeaveContent overview /> }.into_any()
            forbidden=|| view! { <ForbiddenPage /> }
        />
    }
}

#[component]
fn LeaveContent(overview: Overview) -> impl IntoView {
    let submission = Submission::<LeaveOrganization>::here();
    let slug = overview.organization.slug;
    let name = overview.organization.name;
    let title = format!("Leave {name}");
    let verb = title.clone();
    let overview_address = paths::organization(&slug);
    let back = (overview_address.clone(), name.clone());
    let question = match overview.stays_because {
        Some(reason) => view! {
            <Notice tone=Tone::Amber title="You can't leave now">
                <p>{reason.to_string()}</p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <div class="card">
                <ul>
                    <li>"Your access to " {name.clone()} " and its applications ends at once, in every open session."</li>
                    <li>"Your account and your memberships of other organizations stay."</li>
                    <li>"You can't undo this yourself."</li>
                </ul>
                <Form submission prefix="leave">
                    <input type="hidden" name="organization" value=slug />
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Danger>{verb}</Button>
                        <ButtonLink href=overview_address variant=ButtonVariant::Quiet>"Stay"</ButtonLink>
                    </div>
                </Form>
            </div>
        }
        .into_any(),
    };
    view! {
        <Page title=title.clone() class="page page--narrow">
            <PageHeader
                title
                above=move || {
                    view! {
                        <a class="back-link" href=back.0.clone()>
                            <Icon name=Icon::ArrowLeft />
                            {back.1.clone()}
                        </a>
                    }
                }
            />
            {question}
        </Page>
    }
}
