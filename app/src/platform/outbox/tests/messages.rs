//! What arrives, as an independent reader of MIME sees it (S-60).

use mail_parser::{Message, MessageParser};

use super::peer::Peer;
use super::*;

/// Sends a letter over SMTP and gives back what arrived.
async fn arrived(pool: &PgPool, letter: Letter) -> Vec<u8> {
    let peer = Peer::start(&[]).await;
    let state = server(pool, 1);
    queue(&state, Mail { letter, ..mail_to("ann@example.org") }).await;
    deliver_due(&state, &Transport::smtp(&peer.url()).unwrap()).await.unwrap();
    peer.received().remove(0)
}

fn header_names(message: &Message<'_>) -> Vec<String> {
    let mut names: Vec<String> = message.headers().iter().map(|header| header.name().to_lowercase()).collect();
    names.sort();
    names
}

fn link_in_html(html: &str) -> String {
    let start = html.split_once("href=\"").unwrap().1;
    start.split_once('"').unwrap().0.replace("&#38;", "&").replace("&amp;", "&")
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_has_two_parts_with_the_same_link(pool: PgPool) {
    let bytes = arrived(&pool, mail_to("ann@example.org").letter).await;
    assert!(bytes.is_ascii());
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.subject(), Some("Join Acme"));
    let sender = message.from().unwrap().first().unwrap();
    assert_eq!((sender.name(), sender.address()), (Some("Nexus"), Some("nexus@example.org")));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some("ann@example.org"));
    assert!(message.date().is_some());
    assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!((message.text_body_count(), message.html_body_count(), message.attachment_count()), (1, 1, 0));

    let plain = message.body_text(0).unwrap();
    let html = message.body_html(0).unwrap();
    assert!(plain.lines().any(|line| line == LINK), "{plain}");
    assert_eq!(link_in_html(&html), LINK);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn names_inject_neither_headers_nor_html_nor_links(pool: PgPool) {
    let harmless = arrived(&pool, mail_to("ann@example.org").letter).await;
    let expected_headers = header_names(&MessageParser::default().parse(&harmless).unwrap());
    for canary in [
        "Ann\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>",
        "Ann\nBcc: eve@evil.example",
        "Ann\rBcc: eve@evil.example",
        "Ann\u{2028}Bcc: eve@evil.example\u{85}Cc: eve@evil.example",
        "=?utf-8?q?Ann=0D=0ABcc:_eve@evil.example?=",
        "\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n",
        "</title><script>alert(1)</script>",
        "<a href=\"http://evil\">Zoë</a>",
        "http://evil",
        "\u{202e}moc.live//:ptth\u{202c} 李",
        "Ann\0\u{7}\u{1b}[31m",
        "\"; Content-Type: text/html; x=\"",
    ] {
        let letter = Letter::new(&format!("{canary} invites you"), canary, canary)
            .greeting(&format!("Hello {canary},"))
            .paragraph(canary)
            .button("Complete your registration", LINK)
            .fact("Organization", canary)
            .quotation(canary);
        let bytes = arrived(&pool, letter).await;
        let message = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(header_names(&message), expected_headers, "{canary:?}");
        assert_eq!(message.to().unwrap().iter().count(), 1, "{canary:?}");
        assert!(message.bcc().is_none() && message.cc().is_none(), "{canary:?}");
        assert!(message.subject().unwrap().ends_with("invites you"), "{canary:?}");
        assert!(!message.subject().unwrap().contains(|character: char| character.is_control() || character == '\u{202e}'), "{canary:?}");

        let html = message.body_html(0).unwrap();
        let plain = message.body_text(0).unwrap();
        for body in [&html, &plain] {
            assert!(!body.contains("http://evil") && !body.contains('\u{202e}') && !body.contains("evil.example"), "{canary:?}");
        }
        assert!(!html.contains("<script") && !html.contains("<b>") && html.matches("href=\"").count() == 2, "{canary:?}");
        assert_eq!(link_in_html(&html), LINK, "{canary:?}");
        assert!(plain.lines().any(|line| line == LINK), "{canary:?}");
    }
}

#[test]
fn an_address_of_a_mail_server_is_checked_and_never_repeated() {
    for url in [
        "smtps://user:p%40ss+word@mail.example.org",
        "smtp://mail.example.org?tls=required",
        "smtp://127.0.0.1:1025",
        "smtp://[::1]:25/our.name",
    ] {
        assert!(runtime_free(url).is_ok(), "{url}");
    }
    for url in [
        "mail.example.org:25",
        "https://user:hunter2@mail.example.org",
        "smtp://mail.example.org?tls=no&x=hunter2",
        "smtps://u:hunter2%ff@x.org",
        "smtp://",
    ] {
        let error = runtime_free(url).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}

fn runtime_free(url: &str) -> Result<(), crate::platform::mailer::SmtpUrlError> {
    Transport::smtp(url).map(|_| ())
}
