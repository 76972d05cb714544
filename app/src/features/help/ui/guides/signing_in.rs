//! From the invitation's mail to the first page.

use leptos::prelude::*;

use crate::features::help::model::Guide;
use crate::paths;

/// The guide *Signing in for the first time*.
#[component]
pub fn SigningIn() -> impl IntoView {
    view! {
        <p>"An administrator of your organization has invited you. You need the mail that they had sent to you, a browser, and about two minutes."</p>

        <h2>"Open the link in the mail"</h2>
        <p>
            "The mail says who invites you, to which organization, in which role and until when. Press its button. The link is meant for you alone: whoever opens it and fills in the page gets the account, so do not forward it."
        </p>
        <p>
            "Opening the link uses nothing up. You may open it as often as you like, on any device, until you have completed the form. Unless your organization chose another time, it is valid for 72 hours."
        </p>

        <h2>"Complete your registration"</h2>
        <ol>
            <li><strong>"First name"</strong>" and "<strong>"Last name"</strong>": as other people in your organization should see you."</li>
            <li>
                <strong>"Username"</strong>": while the box "<em>"Create username from name and surname"</em>
                " is ticked, it is made from your name, like " <code>"ann.smith"</code>
                ". If that one is taken, untick the box and choose another. A username is yours for ever and the same in every organization."
            </li>
            <li>
                <strong>"Password"</strong>
                ": long, and hard to guess. Four or five unrelated words work well and are easy to remember. There is no need for special characters. The line below the field says how good it is; a password made from your name, your address or your organization is refused."
            </li>
        </ol>
        <p>"Press " <strong>"Complete registration"</strong> ". You are signed in at once and belong to the organization."</p>
        <p>
            "If your role includes managing people, you are asked to set up two-factor authentication next. The guide "
            <a href=paths::help(Guide::TwoFactor.slug())>{Guide::TwoFactor.title()}</a> " leads you through it."
        </p>

        <h2>"Signing in from then on"</h2>
        <p>
            "On the " <a href=paths::SIGN_IN>"sign-in page"</a>
            ", type your username or your e-mail address, and your password. Capital letters make no difference in the first, but do in the second. Where two-factor authentication is set up, the next page asks for the code that your authenticator app shows."
        </p>
        <p>"After five wrong passwords your account is locked for five minutes, and you get a mail about it. If it was not you, somebody else tried: your password still protects you."</p>
        <p>"You are signed out after a time without use. On a computer that others use too, choose " <strong>"Sign out"</strong> " in the menu behind the round button."</p>

        <h2>"If something does not work"</h2>
        <h3>"The link has expired"</h3>
        <p>"Its page offers " <strong>"Send me a new link"</strong> ". A new mail goes to the same address within a minute or so."</p>
        <h3>"The invitation was withdrawn"</h3>
        <p>"An administrator took it back. Ask them; they can invite you again."</p>
        <h3>"The mail does not arrive"</h3>
        <p>"Look into the folder for unwanted mail. If it is not there either, ask the administrator whether your address was typed correctly, and to send the invitation again."</p>
        <h3>"You have an account already"</h3>
        <p>
            "One account serves for all organizations. Sign in with it: the invitation waits on your home page, where you can "
            <strong>"Accept"</strong> " or " <strong>"Decline"</strong> ". The link in the mail leads to the same."
        </p>
        <h3>"Somebody else is signed in on this browser"</h3>
        <p>"The page says so and offers " <strong>"Switch account"</strong> ". Your link stays valid."</p>
    }
}
