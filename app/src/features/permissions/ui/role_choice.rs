//! The choice of a role.

use leptos::prelude::*;

use crate::features::permissions::Role;
use crate::ui::field::FieldProblem;
use crate::ui::form::FormContext;
use crate::ui::{RadioCards, RadioOption};

/// `Role`, one card for each that can be given. Stands in a form, as its field `role`.
#[component]
pub fn RoleChoice(
    /// The roles that can be given.
    roles: Vec<Role>,
    /// The one that is chosen at first.
    #[prop(default = Role::User)]
    chosen: Role,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let name = context.name("role");
    let checked = context.typed(&name, chosen.as_str());
    let options = roles
        .into_iter()
        .map(|role| RadioOption {
            value: role.as_str().to_owned(),
            label: role.label().to_owned(),
            hint: match role {
                Role::Administrator => "Manages people, applications and settings. Must sign in with two factors.".to_owned(),
                Role::User => "Opens the applications chosen below.".to_owned(),
                Role::Restricted => "May do nothing until permissions are added.".to_owned(),
            },
            badge: String::new(),
        })
        .collect();
    view! {
        <div id=context.id("role") tabindex="-1">
            <FieldProblem name="role" />
            <RadioCards name legend="Role" options checked />
        </div>
    }
}
