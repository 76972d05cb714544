//! The page of a member who lacks a right.

use leptos::prelude::*;

use super::message_form::MessageAdministratorsForm;
use super::organization_in_address;
use crate::paths;
use crate::ui::page::Page;
use crate::ui::{ButtonLink, ButtonVariant};

/// Says to contact an administrator, and offers the form. For the `forbidden` of [`crate::ui::page::Loaded`] on pages whose
/// address names the organization.
#[component]
pub fn ForbiddenPage() -> impl IntoView {
    let organization = organization_in_address();
    let overview = paths::organization(&organization);
    view! {
        <Page title="You may not open this page" class="page page--narrow">
            <div class="problem">
                <h1 class="problem__title">"You may not open this page"</h1>
                <div class="problem__explanation">
                    <p>"Your role in this organization does not include it. Contact an administrator: they can give you the permission, or do what you need for you."</p>
                </div>
                <div class="card">
                    <h2>"Message the administrators"</h2>
                    <MessageAdministratorsForm organization />
                </div>
                <p class="problem__actions">
                    <ButtonLink href=overview variant=ButtonVariant::Secondary>"Go to the overview"</ButtonLink>
                </p>
            </div>
        </Page>
    }
}
