//! One choice out of a few, each explained.

use leptos::prelude::*;

/// One of the choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RadioOption {
    /// What is posted.
    pub value: String,
    /// The choice in a word or two.
    pub label: String,
    /// What choosing it means; may be empty.
    pub hint: String,
    /// A mark beside the label; may be empty.
    pub badge: String,
}

/// Radio buttons as cards.
#[component]
pub fn RadioCards(
    /// Name that is posted.
    #[prop(into)]
    name: String,
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// What helps to choose; may be empty.
    #[prop(optional, into)]
    hint: String,
    /// The choices.
    options: Vec<RadioOption>,
    /// Value of the choice that is made at first.
    #[prop(optional, into)]
    checked: String,
) -> impl IntoView {
    let cards =
        options.into_iter().map(|option| view! { <Card name=name.clone() is_checked={option.value == checked} option /> }).collect_view();
    view! {
        <fieldset class="radio-cards">
            <legend class="radio-cards__legend">{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="radio-cards__hint">{hint}</p> })}
            <div class="radio-cards__list">{cards}</div>
        </fieldset>
    }
}

#[component]
fn Card(name: String, option: RadioOption, is_checked: bool) -> impl IntoView {
    let RadioOption { value, label, hint, badge } = option;
    // The id makes the hint a description, so that the accessible name is the label alone.
    let hint_id = format!("{name}-{value}-hint");
    let described_by = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <label class="radio-cards__card">
            <input
                class="radio-cards__input"
                type="radio"
                name=name
                value=value
                checked=is_checked
                aria-label=label.clone()
                aria-describedby=described_by
            />
            <span class="radio-cards__text">
                <span class="radio-cards__label">
                    {label}
                    {(!badge.is_empty()).then(|| view! { <span class="badge badge--amber">{badge}</span> })}
                </span>
                {(!hint.is_empty()).then(|| view! { <span class="radio-cards__explanation" id=hint_id>{hint}</span> })}
            </span>
        </label>
    }
}
