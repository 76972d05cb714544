//! Recovery codes, shown once.

use leptos::prelude::*;

use crate::features::auth::two_factor::model::RecoveryCodes;
use crate::ui::badge::Tone;
use crate::ui::{ButtonLink, ButtonVariant, Icon, Notice};

/// The codes, a way to keep them, and the way on.
#[component]
pub fn NewRecoveryCodes(
    /// What has been done.
    done: &'static str,
    /// The codes.
    codes: RecoveryCodes,
    /// The page to go on to.
    next: String,
) -> impl IntoView {
    let RecoveryCodes { codes } = codes;
    let file = file_address(&codes);
    view! {
        <Notice tone=Tone::Green title=done>
            "Keep these codes in a safe place, not on the phone with the app. They are shown only now."
        </Notice>
        <ol class="recovery-codes" aria-label="Recovery codes">
            {codes.into_iter().map(|code| view! { <li class="recovery-codes__code" translate="no">{code}</li> }).collect_view()}
        </ol>
        <div class="actions">
            <ButtonLink href=next variant=ButtonVariant::Primary>
                "Continue"
            </ButtonLink>
            <ButtonLink href=file icon=Icon::Download attr:download="nexus-recovery-codes.txt">
                "Download"
            </ButtonLink>
        </div>
    }
}

/// The codes as a text file inside its own address, so that it can be saved without scripts and is never on a server.
fn file_address(codes: &[String]) -> String {
    format!("data:text/plain;charset=utf-8,Nexus%20recovery%20codes.%20Each%20works%20once.%0A%0A{}%0A", codes.join("%0A"))
}
