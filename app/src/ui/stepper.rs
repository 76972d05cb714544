//! Where one is in a task of several pages.

use leptos::prelude::*;

/// The steps of a task, with the present one marked.
#[component]
pub fn Stepper(
    /// Name for screen readers.
    #[prop(into)]
    label: String,
    /// Words of the steps, in order.
    steps: Vec<String>,
    /// The present step, counted from 1; one past the last means done.
    current: usize,
) -> impl IntoView {
    let steps = steps.into_iter().zip(1..).map(|(words, number)| {
        let (class, note) = match number.cmp(&current) {
            std::cmp::Ordering::Less => ("stepper__step stepper__step--done", ", done"),
            std::cmp::Ordering::Equal => ("stepper__step stepper__step--current", ""),
            std::cmp::Ordering::Greater => ("stepper__step", ""),
        };
        view! {
            <li class=class aria-current=(number == current).then_some("step")>
                <span class="stepper__words">{words}</span>
                <span class="sr-only">{note}</span>
            </li>
        }
    });
    view! { <ol class="stepper" aria-label=label>{steps.collect_view()}</ol> }
}
