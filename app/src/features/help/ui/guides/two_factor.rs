//! Authenticator apps, recovery codes, a lost phone.

use leptos::prelude::*;

use crate::paths;

/// The guide *Two-factor*.
#[component]
pub fn TwoFactor() -> impl IntoView {
    view! {
        <p>
            "With two-factor authentication a password alone is not enough to sign in as you. An app on your phone shows a code that changes every 30 seconds, and signing in asks for it too. Whoever learns your password still stands outside."
        </p>

        <h2>"Who needs it"</h2>
        <p>
            "Everybody may use it. Whoever may do something sensitive, such as managing people, must: the organization opens only once it is set up. You are led there when you sign in, or as soon as you are given such a permission."
        </p>

        <h2>"Setting it up"</h2>
        <ol>
            <li>
                "Install an authenticator app on your phone, if you have none: for instance Aegis, 2FAS, Google Authenticator, Microsoft Authenticator, or the one in your password manager. Any app for time-based codes (TOTP) works."
            </li>
            <li>"Open " <a href=paths::ACCOUNT_TWO_FACTOR>"My account → Two-factor authentication"</a> "."</li>
            <li>"In the app, choose to add an account and scan the QR code. If you can't scan it, type the secret that stands beside it."</li>
            <li>"The app now shows six digits. Type them into the page, and confirm."</li>
            <li>"Keep the ten recovery codes that the page shows. It shows them only this once."</li>
        </ol>

        <h2>"Recovery codes"</h2>
        <p>
            "Each recovery code replaces the app once. Download them or write them down, and keep them apart from your phone: in a password manager, or on paper in a drawer. When few are left, renew them on the same page; the former ones are then worth nothing."
        </p>

        <h2>"Signing in with it"</h2>
        <p>"After your password, type the code that the app shows now, and press " <strong>"Verify"</strong> ". A code works once. If the next sign-in comes quickly, wait for the next code."</p>
        <p>"After five wrong codes you start again with your password."</p>

        <h2>"If something does not work"</h2>
        <h3>"Every code is refused"</h3>
        <p>"Codes depend on the time. Set the clock of your phone to automatic, and try the next code."</p>
        <h3>"You do not have your phone with you"</h3>
        <p>"On the page that asks for the code, choose " <strong>"Use a recovery code"</strong> " and type one of yours."</p>
        <h3>"Your phone is lost, broken or new"</h3>
        <p>"Sign in with a recovery code. If the app can move its accounts to the new phone, do that; the codes stay the same."</p>
        <h3>"You have neither the app nor a recovery code"</h3>
        <p>
            "Contact an administrator of your organization, who turns to the operator of this site. Nobody can read your secret or your codes, not even they, so it takes a reset, and they will want to be sure that it is really you who asks. Never give a code to anybody who calls or writes to you: nobody here needs it."
        </p>
    }
}
