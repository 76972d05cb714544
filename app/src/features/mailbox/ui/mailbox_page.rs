//! The list of mails and the open one.

use leptos::prelude::*;

use crate::features::mailbox::api::ReadDevelopmentMailbox;
use crate::features::mailbox::model::{DevelopmentMail, MailSummary, MailboxList};
use crate::paths;
use crate::ui::address::{in_path, in_query};
use crate::ui::call::load;
use crate::ui::page::{Loaded, Page};
use crate::ui::{Button, Disclosure, EmptyState, Icon, PageHeader, SearchField, Toolbar};
use crate::values::ids::MailId;

/// Shows all mail, and the one named in the address.
#[component]
pub fn MailboxPage() -> impl IntoView {
    let recipient = in_query("recipient");
    let mailbox = load(ReadDevelopmentMailbox { recipient: recipient.clone(), mail: in_path("mail") });
    view! { <Loaded data=mailbox view=move |mailbox| view! { <Mailbox mailbox recipient /> }.into_any() /> }
}

#[component]
fn Mailbox(mailbox: MailboxList, recipient: String) -> impl IntoView {
    let MailboxList { mails, open } = mailbox;
    let is_narrowed = !recipient.is_empty();
    let searched = recipient.clone();
    let count = match mails.len() {
        0 => "No mail".to_owned(),
        1 => "1 mail".to_owned(),
        number => format!("{number} mails"),
    };
    let title = open.as_ref().map_or_else(|| "Development mailbox".to_owned(), |mail| mail.summary.subject.clone());
    let open_id = open.as_ref().map(|mail| mail.summary.id);
    view! {
        <Page title>
            <PageHeader
                title="Development mailbox"
                sentence="No mail server is set, so every mail that Nexus sends ends here, newest first."
            />
            <form class="filters" method="get" action=paths::DEVELOPMENT_MAILBOX role="search">
                <Toolbar count>
                    <SearchField name="recipient" label="Search by recipient" value=searched />
                    <Button>"Search"</Button>
                </Toolbar>
            </form>
            {if mails.is_empty() && open.is_none() {
                if is_narrowed {
                    view! { <EmptyState icon=Icon::Inbox title="No mail found" explanation="Nobody whose address contains this has got mail." /> }.into_any()
                } else {
                    view! { <EmptyState icon=Icon::Inbox title="No mail yet" explanation="Invite somebody, and their invitation appears here." /> }.into_any()
                }
            } else {
                view! {
                    <div class="mailbox">
                        <ul class="mailbox__list" aria-label="Mails">
                            {mails.into_iter().map(|mail| view! { <MailItem is_open=open_id == Some(mail.id) mail recipient=recipient.clone() /> }).collect_view()}
                        </ul>
                        {match open {
                            Some(mail) => view! { <OpenMail mail /> }.into_any(),
                            None => {
                                view! {
                                    <div class="mailbox__message">
                                        <EmptyState icon=Icon::Mail title="No mail is open" explanation="Choose one from the list to read it." />
                                    </div>
                                }
                                    .into_any()
                            }
                        }}
                    </div>
                }
                    .into_any()
            }}
        </Page>
    }
}

#[component]
fn MailItem(mail: MailSummary, is_open: bool, recipient: String) -> impl IntoView {
    view! {
        <li>
            <a class="mailbox__item" href=address(mail.id, &recipient) aria-current=is_open.then_some("true")>
                <span class="mailbox__to">{mail.recipient}</span>
                <time class="mailbox__time" datetime=mail.received_at.iso()>{mail.received_at.date_time_utc()}</time>
                <span class="mailbox__subject">{mail.subject}</span>
            </a>
        </li>
    }
}

#[component]
fn OpenMail(mail: DevelopmentMail) -> impl IntoView {
    let DevelopmentMail { summary, sender, message_id, plain, links } = mail;
    let frame_title = format!("Message: {}", summary.subject);
    view! {
        <article class="mailbox__message" aria-labelledby="mail-subject">
            <header class="mailbox__head">
                <h2 class="mailbox__title" id="mail-subject">{summary.subject}</h2>
                <p class="mailbox__facts">
                    <span>"From: "{sender}</span>
                    <span>"To: "{summary.recipient}</span>
                    <span>"Date: "<time datetime=summary.received_at.iso()>{summary.received_at.date_time_utc()}</time></span>
                    <span>"Message-ID: "{message_id}</span>
                </p>
                <nav class="mailbox__links" aria-label="Links in this mail">
                    {links.into_iter().map(|link| view! { <a href=link.clone() rel="external">{link.clone()}</a> }).collect_view()}
                </nav>
            </header>
            <iframe
                class="mailbox__frame"
                sandbox="allow-popups allow-top-navigation-by-user-activation"
                src=message_address(summary.id)
                title=frame_title
            ></iframe>
            <Disclosure summary="Plain text">
                <pre class="mailbox__text">{plain}</pre>
            </Disclosure>
        </article>
    }
}

/// The address of an open mail, with the search kept.
fn address(mail: MailId, recipient: &str) -> String {
    let address = paths::development_mail(&mail);
    if recipient.is_empty() {
        return address;
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("recipient", recipient).finish();
    format!("{address}?{query}")
}

/// The address of a mail's HTML, which the server answers with a policy of its own.
fn message_address(mail: MailId) -> String {
    format!("{}/message", paths::development_mail(&mail))
}
