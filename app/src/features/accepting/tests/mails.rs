//! What the mails about invitations say, as their readers see them; without what differs from run to run.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;

async fn newest(world: &World, recipient: &str) -> String {
    world.newest_mail_to(recipient, &["token=", "Valid until: ", "Address: person"]).await
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
