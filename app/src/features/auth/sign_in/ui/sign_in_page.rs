//! Where somebody signs in. It loads no script, so everything on it is plain HTML.

use leptos::prelude::*;

use crate::features::auth::sign_in::api::{ReadSignInProgress, SignIn};
use crate::features::auth::sign_in::model::SignInProgress;
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::badge::Tone;
use crate::ui::call::load;
use crate::ui::field::{FieldKind, HiddenField, PasswordField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::page::Loaded;
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonVariant, EntryCard, Notice};

/// Asks for name and password, and leads on whoever is signed in already.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = in_query("next");
    let progress = load(ReadSignInProgress {});
    let status = PageStatus::here();
    view! {
        <Loaded
            data=progress
            view=move |progress| {
                if progress == SignInProgress::SignedIn {
                    status.go_to(paths::own_page_or_home(&next));
                }
                view! { <SignInCard next are_codes_spent=progress == SignInProgress::CodesSpent /> }.into_any()
            }
        />
    }
}

#[component]
fn SignInCard(next: String, are_codes_spent: bool) -> impl IntoView {
    let submission = Submission::<SignIn>::here();
    view! {
        <EntryCard title="Sign in">
                {are_codes_spent
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Red title="Five wrong codes: sign in again">
                                "Start over with your password, then enter the code that your authenticator app shows now."
                            </Notice>
                        }
                    })}
                <Form submission>
                    <HiddenField name="next" value=next />
                    <TextField label="Username or email" name="identifier" kind=FieldKind::Identifier />
                    <PasswordField label="Password" name="password" />
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary>
                            "Sign in"
                        </Button>
                    </div>
                </Form>
        </EntryCard>
    }
}
