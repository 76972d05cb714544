//! What the mails about invitations say, as their readers see them. Digits are masked: times and tokens differ.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;

async fn newest(world: &World, recipient: &str) -> String {
    let mail = world.mails_to(recipient).await.pop().unwrap();
    let text = format!("Subject: {}\n\n{}", mail.subject, mail.plain);
    let masked = match text.split_once("token=") {
        Some((before, behind)) => {
            let token = behind.split(char::is_whitespace).next().unwrap_or_default().to_owned();
            format!("{before}token=…{}", behind.trim_start_matches(&token))
        }
        None => text,
    };
    masked.replace(|character: char| character.is_ascii_digit(), "0")
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mails_about_an_invitation_read_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", Role::Administrator).await;

    invite(&ada, "ann@example.org").await;
    insta::assert_snapshot!("invitation_as_user", newest(&world, "ann@example.org").await);
    invite_as(&ada, "acme", "ben@example.org", "administrator").await.unwrap();
    insta::assert_snapshot!("invitation_as_administrator", newest(&world, "ben@example.org").await);

    let withdrawn = invited(&world, &ada, "cleo@example.org").await;
    let cleo = world.pending("Acme", "cleo@example.org").await.unwrap();
    cancel(&ada, cleo).await.unwrap();
    write(&world.browser(), &withdrawn, "Was this meant for me?\nI would like to join.").await.unwrap();
    insta::assert_snapshot!("question_about_a_withdrawn_invitation", newest(&world, &ada.email).await);

    let dora = world.stranger().await;
    let token = invited(&world, &ada, &dora.email).await;
    decline(&dora, &token).await.unwrap();
    insta::assert_snapshot!("invitation_declined", newest(&world, &ada.email).await);
}
