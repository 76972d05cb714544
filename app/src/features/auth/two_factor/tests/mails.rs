//! What the mails about the second factor say, as their readers see them.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mails_about_the_second_factor_read_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", Role::User).await;
    let pending = pending(&ada).await;
    let secret = secret_of(&pending);

    turn_on(&ada, &pending, &world.code_of(&secret).await, "").await.unwrap();
    insta::assert_snapshot!("turned_on", world.newest_mail_to(&ada.email, &["Time: "]).await);

    world.time_passes(60).await;
    sqlx::query("UPDATE two_factors SET last_step = 0").execute(world.owner()).await.unwrap();
    let RecoveryCodes { codes } = renew(&ada, PASSWORD, &world.code_of(&secret).await).await.unwrap();
    insta::assert_snapshot!("recovery_codes_renewed", world.newest_mail_to(&ada.email, &["Time: "]).await);

    recover(&after_password(&world, &ada).await, &codes[0]).await.unwrap();
    insta::assert_snapshot!("recovery_code_used", world.newest_mail_to(&ada.email, &["Time: "]).await);
}
