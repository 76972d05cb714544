//! What goes over the wire is smaller than the page, and still the page.

use std::io::Read;

use sqlx::PgPool;

use crate::support::{Answer, Draft, MEMBERS, World, html};

/// The body as it was before it was compressed.
fn decoded(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        None => plain.clone_from(&answer.body),
        Some("zstd") => plain = zstd::decode_all(&answer.body[..]).unwrap(),
        Some("br") => drop(brotli::Decompressor::new(&answer.body[..], 4_096).read_to_end(&mut plain).unwrap()),
        Some("gzip") => drop(flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut plain).unwrap()),
        Some(other) => panic!("{other}"),
    }
    plain
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_and_a_functions_answer_are_the_same_in_every_coding(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for name in ["Bob", "Carol", "Dan"] {
        world.member(&mut ada, name).await;
    }
    let plain = ada.call("list_members", &[("organization", "acme")]).await.expect(200);
    assert_eq!(plain.header("content-encoding"), None);
    for (accepted, coding) in
        [("gzip, deflate, br, zstd", "zstd"), ("gzip, deflate, br", "br"), ("gzip, deflate", "gzip"), ("zstd;q=0, gzip;q=0.5", "gzip")]
    {
        let page = ada.browser.send(Draft::new("GET", MEMBERS).header("Accept-Encoding", accepted)).await.expect(200);
        assert_eq!(page.header("content-encoding"), Some(coding));
        assert!(page.all("vary").any(|value| value == "Accept-Encoding"));
        assert_eq!(page.header("content-length").unwrap(), page.body.len().to_string());
        let text = String::from_utf8(decoded(&page)).unwrap();
        assert!(html::is_complete(&text) && text.contains("dan@example.org"), "{text}");
        assert!(page.body.len() * 3 < text.len(), "{} of {} bytes in {coding}", page.body.len(), text.len());

        let call = Draft::call("list_members", &[("organization", "acme")]).header("Accept-Encoding", accepted);
        let answer = ada.browser.send(call).await.expect(200);
        assert_eq!(answer.header("content-encoding"), Some(coding));
        assert_eq!(decoded(&answer), plain.body);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_is_short_or_no_text_goes_out_as_it_is(pool: PgPool) {
    let world = World::new(pool).await;
    let mut browser = world.browser();
    for (draft, status) in
        [(Draft::call("read_home", &[]), 401), (Draft::new("GET", "/healthz"), 200), (Draft::new("GET", "/assets/nothing"), 404)]
    {
        let answer = browser.send(draft.clone().header("Accept-Encoding", "gzip, br, zstd")).await.expect(status);
        assert_eq!(answer.header("content-encoding"), None, "{draft:?}");
    }
    let page = browser.send(Draft::new("GET", "/sign-in").header("Accept-Encoding", "identity")).await.expect(200);
    assert_eq!(page.header("content-encoding"), None);
    assert!(page.all("vary").any(|value| value == "Accept-Encoding"));
}
