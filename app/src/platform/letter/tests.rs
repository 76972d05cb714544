//! What letters look like, and what they never contain.

use super::*;

const LINK: &str = "https://people.example.org/complete?token=nxi_Zm9vYmFy&source=mail";

fn invitation() -> Letter {
    Letter::new(
        "Ann Smith invites you to join Acme",
        "Complete your registration within 72 hours.",
        "You get this mail because Ann Smith entered your address at Acme. If you do not know why, ignore it: nothing happens.",
    )
    .greeting("Hello Ben Carter,")
    .paragraph("Ann Smith has invited you to join Acme on Nexus. Choose a username and a password to begin.")
    .button("Complete your registration", LINK)
    .fact("Organization", "Acme")
    .fact("Role", "Administrator")
    .fact("Valid until", "25 Nov 2026, 14:05 UTC")
    .closing("If the link has expired, open it anyway: its page sends you a new one.")
    .guide("Signing in for the first time", "https://people.example.org/help/first-sign-in")
    .guide("Two-factor", "https://people.example.org/help/two-factor")
}

#[test]
fn an_invitation_reads_well_in_plain_text() {
    insta::assert_snapshot!(invitation().render().unwrap().plain);
}

#[test]
fn an_invitation_reads_well_in_html() {
    insta::assert_snapshot!(invitation().render().unwrap().html);
}

#[test]
fn a_quotation_keeps_its_lines() {
    let letter = Letter::new("A message", "From Ben Carter", "You manage Acme.")
        .quotation("Hello,\r\n\r\nmay I see http://evil?\n<b>Thanks</b>")
        .closing("Answer him.");
    let rendered = letter.render().unwrap();
    insta::assert_snapshot!(rendered.plain);
    assert!(rendered.html.contains("may I see http[:]//evil?<br>"));
    assert!(!rendered.html.contains("<b>Thanks</b>"));
}

#[test]
fn a_quotation_is_whole_however_it_is_broken_into_lines() {
    let of_one_line = "word ".repeat(400);
    let of_many_lines = "w\n".repeat(1_000);
    let quoted = |message: &str| Letter::new("A message", "From Ben Carter", "You manage Acme.").quotation(message).render().unwrap().plain;
    assert_eq!(quoted(&of_one_line).matches("word").count(), 400);
    assert_eq!(quoted(&of_many_lines).matches("> w\n").count(), 1_000);
}

#[test]
fn a_letter_needs_no_button_facts_or_guides() {
    let rendered = Letter::new("Your password was changed", "If it was not you, act now.", "You have an account.").render().unwrap();
    assert_eq!(rendered.plain, "Hello,\n\n--\nYou have an account.");
    assert!(!rendered.html.contains("<a "));
}

#[test]
fn whatever_is_typed_writes_no_html() {
    let canary = "\"><a href=\"https://evil.example\">x</a></title></style><!-- <svg onload=x>";
    let letter = Letter::new(canary, canary, canary)
        .greeting(canary)
        .paragraph(canary)
        .quotation(canary)
        .fact(canary, canary)
        .closing(canary)
        .button(canary, LINK)
        .guide(canary, LINK);
    let html = letter.render().unwrap().html;
    let typed_nothing = invitation_with_the_same_parts().render().unwrap().html;
    assert_eq!(html.matches('<').count(), typed_nothing.matches('<').count());
    assert_eq!(html.matches('>').count(), typed_nothing.matches('>').count());
    assert_eq!(html.matches('"').count(), typed_nothing.matches('"').count());
    assert!(!html.contains("https://evil"));
}

fn invitation_with_the_same_parts() -> Letter {
    Letter::new("s", "p", "f").greeting("g").paragraph("p").quotation("q").fact("t", "v").closing("c").button("b", LINK).guide("g", LINK)
}

#[test]
fn only_web_addresses_become_links() {
    for url in ["javascript:alert(1)", "/complete", "https://x/\" onclick=\"", "https://x/ y", "https://x/\r\ny", ""] {
        assert!(Letter::new("s", "p", "f").button("b", url).render().is_err(), "{url:?}");
        assert!(Letter::new("s", "p", "f").guide("g", url).render().is_err(), "{url:?}");
    }
}

#[test]
fn an_address_can_be_copied() {
    let letter = Letter::new("s", "p", "f").address_fact("E-mail", &EmailAddress::parse("ann.smith@example.org").unwrap());
    assert!(letter.render().unwrap().plain.contains("E-mail: ann.smith@example.org\n"));
}

#[test]
fn links_are_not_printed_for_debugging() {
    assert_eq!(format!("{:?}", invitation().render().unwrap()), "RenderedLetter { subject: \"Ann Smith invites you to join Acme\", .. }");
}
