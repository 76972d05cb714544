//! Names, username, password and terms.

use std::time::Duration;

use leptos::prelude::*;

use super::password_with_meter::PasswordWithMeter;
use crate::features::auth::registration::api::SuggestUsername;
use crate::ui::Argument;
use crate::ui::field::{Checkbox, FieldKind, TextField};
use crate::ui::form::{FormContext, Submission};

const PAUSE: Duration = Duration::from_millis(250);

/// The inputs by which somebody gets an account. They stand in a [`crate::ui::form::Form`], as the function's argument `registration`;
/// what stands between them belongs to the form around them.
#[component]
pub fn RegistrationInputs(
    /// The link's token, by which the page may ask for a username.
    #[prop(into)]
    token: String,
    /// Given name, if the organization typed one.
    #[prop(optional, into)]
    first_name: String,
    /// Family name, if the organization typed one.
    #[prop(optional, into)]
    last_name: String,
    /// The drafted username, or the one that the names make.
    #[prop(optional, into)]
    username: String,
    /// Fewest characters of the password.
    password_minimum: usize,
    /// The operator's terms.
    #[prop(optional_no_strip)]
    terms_url: Option<String>,
    /// Stands between the names and the username, for instance the address.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let between = children.map(|children| children());
    view! {
        <Argument name="registration">
            <Inputs token first_name last_name username password_minimum terms_url between />
        </Argument>
    }
}

#[component]
fn Inputs(
    token: String,
    first_name: String,
    last_name: String,
    username: String,
    password_minimum: usize,
    terms_url: Option<String>,
    between: Option<AnyView>,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let typed_first = RwSignal::new(context.typed(&context.name("first_name"), &first_name));
    let typed_last = RwSignal::new(context.typed(&context.name("last_name"), &last_name));
    let is_automatic = RwSignal::new(context.ticked(&context.name("automatic_username"), true));
    let shown = RwSignal::new(context.typed(&context.name("username"), &username));

    let suggestion = Submission::<SuggestUsername>::new();
    let token = StoredValue::new(token);
    let ask = leptos::leptos_dom::helpers::debounce(PAUSE, move |(first_name, last_name): (String, String)| {
        suggestion.send(&SuggestUsername { token: token.get_value(), first_name, last_name });
    });
    let ask = StoredValue::new(ask);
    Effect::new(move |earlier: Option<(String, String, bool)>| {
        let current = (typed_first.get(), typed_last.get(), is_automatic.get());
        let changed = earlier.is_some_and(|earlier| earlier != current);
        if changed && current.2 && !(current.0.trim().is_empty() && current.1.trim().is_empty()) {
            ask.update_value(|ask| ask((current.0.clone(), current.1.clone())));
        }
        current
    });
    Effect::new(move |_| {
        if let Some(suggestion) = suggestion.success()
            && is_automatic.get_untracked()
        {
            shown.set(suggestion.username);
        }
    });
    let availability = move || {
        suggestion.success().filter(|suggestion| is_automatic.get() && !suggestion.is_free).map(|suggestion| {
            let offered = if suggestion.alternatives.is_empty() {
                String::new()
            } else {
                format!(": {} is free", suggestion.alternatives.join(" or "))
            };
            format!("{} is taken. Untick the box and choose another{offered}.", suggestion.username)
        })
    };

    // Without scripts the field stays open: nothing could unlock it.
    let is_locked = RwSignal::new(false);
    Effect::new(move |_| is_locked.set(is_automatic.get()));
    // What stands in a locked field was put there by the page.
    let offered_first = username.clone();
    let offered = move || if is_locked.get() { shown.get() } else { offered_first.clone() };

    view! {
        <div class="form__row">
            <TextField label="First name" name="first_name" kind=FieldKind::GivenName value=first_name limit=100 on_input=Callback::new(move |text| typed_first.set(text)) />
            <TextField label="Last name" name="last_name" kind=FieldKind::FamilyName value=last_name limit=100 on_input=Callback::new(move |text| typed_last.set(text)) />
        </div>
        {between}
        <Checkbox label="Create username from name and surname" name="automatic_username" checked=true on_change=Callback::new(move |ticked| is_automatic.set(ticked)) />
        <input type="hidden" name=context.name("offered_username") value=offered />
        <TextField
            label="Username"
            name="username"
            kind=FieldKind::Username
            limit=32
            value=username
            live_value=shown.into()
            read_only=is_locked
            on_input=Callback::new(move |text| shown.set(text))
            hint="You sign in with it, or with your e-mail address. While the box is ticked it is made from your name."
        />
        <p class="field__hint" role="status">{availability}</p>
        <PasswordWithMeter minimum=password_minimum token first_name=typed_first last_name=typed_last username=shown />
        {terms_url
            .map(|address| {
                view! {
                    <Checkbox label="I accept the terms" name="terms">
                        <a href=address target="_blank" rel="noopener">"Read the terms"</a>
                    </Checkbox>
                }
            })}
    }
}
