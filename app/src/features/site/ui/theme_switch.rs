//! Following the system's colors, or not.

use leptos::prelude::*;

use crate::paths;
use crate::ui::Icon;
use crate::ui::address::own_address;

/// The colors that the browser's cookie asks for: `light`, `dark`, or whatever the system has. The document provides it as
/// context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChosenTheme(pub Option<&'static str>);

const CHOICES: [(&str, &str, Icon); 3] = [("system", "System", Icon::Monitor), ("light", "Light", Icon::Sun), ("dark", "Dark", Icon::Moon)];

/// System, light or dark. A plain form: the answer is the same page in the chosen colors, with and without scripts.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = use_context::<ChosenTheme>().and_then(|theme| theme.0).unwrap_or("system");
    let options = CHOICES
        .into_iter()
        .map(|(value, words, icon)| {
            let pressed = if value == chosen { "true" } else { "false" };
            view! {
                <button class="segmented__option" type="submit" name="theme" value=value aria-pressed=pressed>
                    <Icon name=icon />
                    {words}
                </button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=paths::THEME>
            <input type="hidden" name="next" value=own_address() />
            <div class="segmented" role="group" aria-label="Theme">
                {options}
            </div>
        </form>
    }
}
