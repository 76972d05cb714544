//! Names, username, password and terms.

use leptos::prelude::*;

use super::islands::{password_meter, username_offers};
use crate::ui::field::{Checkbox, FieldKind, PasswordField, TextField};
use crate::ui::form::FormContext;
use crate::ui::{Argument, Island};

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
    // What stands in the username's input was put there by the page, unless somebody typed something else.
    let offered = context.typed(&context.name("offered_username"), &username);
    let offers = username_offers::Props {
        token: token.clone(),
        first_name: context.id("first_name"),
        last_name: context.id("last_name"),
        automatic: context.id("automatic_username"),
        username: context.id("username"),
        offered: context.id("offered_username"),
    };
    let meter = password_meter::Props {
        token,
        password: context.id("password"),
        first_name: context.id("first_name"),
        last_name: context.id("last_name"),
        username: context.id("username"),
    };
    view! {
        <div class="form__row">
            <TextField label="First name" name="first_name" kind=FieldKind::GivenName value=first_name limit=100 />
            <TextField label="Last name" name="last_name" kind=FieldKind::FamilyName value=last_name limit=100 />
        </div>
        {between}
        <Checkbox label="Create username from name and surname" name="automatic_username" checked=true />
        <input type="hidden" id=context.id("offered_username") name=context.name("offered_username") value=offered />
        <TextField
            label="Username"
            name="username"
            kind=FieldKind::Username
            limit=32
            value=username
            hint="You sign in with it, or with your e-mail address. While the box is ticked it is made from your name."
        />
        <Island name=username_offers::NAME props=offers />
        <PasswordField
            label="Password"
            name="password"
            new=true
            hint=format!("At least {password_minimum} characters. Several unrelated words are easy to remember and hard to guess.")
        >
            <Island name=password_meter::NAME props=meter />
        </PasswordField>
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
