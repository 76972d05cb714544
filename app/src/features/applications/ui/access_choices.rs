//! One choice of a level for each application.

use leptos::prelude::*;

use crate::features::applications::model::{OfferedApplication, access_key};
use crate::ui::field::SelectField;

/// `Application access`: for each application `No access` or a level. Nothing where there are no applications to give.
///
/// Stands in a form; its inputs are the form's field `access`, which reads as `ChosenAccess`.
#[component]
pub fn AccessChoices(
    /// The applications, with the levels that can be chosen.
    applications: Vec<OfferedApplication>,
) -> impl IntoView {
    if applications.is_empty() {
        return ().into_any();
    }
    let choices = applications
        .into_iter()
        .map(|application| {
            let none = ("0".to_owned(), "No access".to_owned());
            let levels = application.levels.into_iter().map(|level| {
                let mark = if level.sensitive { " (needs two factors)" } else { "" };
                (level.level.to_string(), format!("{}{mark}", level.name))
            });
            let options = std::iter::once(none).chain(levels).collect();
            view! { <SelectField label=application.name name=format!("access][{}", access_key(application.id)) options value="0" /> }
        })
        .collect_view();
    view! {
        <fieldset class="access-choices">
            <legend class="field__label">"Application access"</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}
