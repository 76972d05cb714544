//! Inviting people and withdrawing access.

use leptos::prelude::*;

use crate::features::help::model::Guide;
use crate::features::permissions::Permission;
use crate::paths;

/// The guide *Managing people*.
#[component]
pub fn ManagingPeople() -> impl IntoView {
    view! {
        <p>
            "People with the permission " <em>{Permission::ManageUsers.label()}</em>
            " invite others to their organization and withdraw access again. Administrators have it. It is sensitive, so it works only with two-factor authentication."
        </p>
        <p>"You find everybody under " <strong>"Members"</strong> ", also reached by " <strong>"Admin → Users"</strong> " on top of every page."</p>

        <h2>"Inviting"</h2>
        <ol>
            <li>"On Members, press " <strong>"Invite Users"</strong> "."</li>
            <li>
                "Type or paste the " <strong>"Email addresses"</strong>
                ": one or many, separated by commas, semicolons, spaces or lines. Addresses copied from a mail program, like "
                <code>"Ann Smith <ann@example.org>"</code> ", work too."
            </li>
            <li>"Choose the " <strong>"Role"</strong> " and, for each application, the access that comes with it. You can offer what you hold yourself, and no more."</li>
            <li>"Press " <strong>"Send invitations"</strong> "."</li>
        </ol>
        <p>
            "Every address gets a line of its own that says what came of it: invited, already a member, already invited, deactivated here, or not an address. The good ones go out even when others fail."
        </p>
        <p>
            "Whoever is invited chooses their own name, username and password. You never learn the password, and whether an address has an account elsewhere is nobody's business."
        </p>

        <h2>"Following an invitation"</h2>
        <ul>
            <li><strong>"Invited"</strong> ": the mail is out and its link is valid."</li>
            <li><strong>"Not notified"</strong> ": no mail has been sent yet."</li>
            <li><strong>"Invitation expired"</strong> ": the link's time is over. The person can have a new one sent from the page of the old link, without you."</li>
            <li><strong>"Active"</strong> ": the person belongs to the organization."</li>
            <li><strong>"Deactivated"</strong> ": access was withdrawn, or the person left."</li>
        </ul>
        <p>"The button at the end of a row offers what fits its status:"</p>
        <ul>
            <li><strong>"Send welcome-email"</strong> " mails the first link."</li>
            <li><strong>"Send again"</strong> " mails a new link. The former one stops working."</li>
            <li><strong>"Cancel invitation"</strong> " makes every link of the invitation worthless at once and removes the row. Inviting the same address again starts afresh."</li>
        </ul>

        <h2>"Withdrawing access"</h2>
        <p>
            <strong>"Deactivate"</strong>
            " asks first and then acts at the very next thing the person does, in every open session. A receipt says what was withdrawn. Their account and their other organizations are not touched, and what they did stays in the record."
        </p>
        <p>
            "Nobody can deactivate somebody who may do more than they do themselves, and the organization always keeps at least one administrator whom people can reach. Make a second person an administrator in good time: with only one, a lost phone is a problem for everybody."
        </p>

        <h2>"Leaving"</h2>
        <p>"Everybody can leave an organization by themselves, on its " <strong>"Overview"</strong> ". Only the last administrator can't."</p>

        <p>"What the roles contain is explained in the guide " <a href=paths::help(Guide::Permissions.slug())>{Guide::Permissions.title()}</a> "."</p>
    }
}
