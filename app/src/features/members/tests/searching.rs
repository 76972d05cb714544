//! Search members.

use sqlx::PgPool;

use super::*;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn any_part_of_name_username_or_address_finds_somebody_in_any_case_without_accents(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world
        .add_users(
            "Acme",
            &people(&[("Ann", "Smith"), ("Zoë", "O’Neill"), ("Jürgen", "Groß"), ("Ørjan", "Ångström"), ("Владимир", "Ленин")]),
        )
        .await;
    for (search, expected) in [
        ("mit", "Ann Smith"),
        ("SMITH", "Ann Smith"),
        ("mit ann", "Ann Smith"),
        ("ann mit", "Ann Smith"),
        ("many0.acme", "Ann Smith"),
        ("many0@ac", "Ann Smith"),
        ("zoe", "Zoë O’Neill"),
        ("ZOË", "Zoë O’Neill"),
        ("oneill", "Zoë O’Neill"),
        ("o'neill", "Zoë O’Neill"),
        ("neil zo", "Zoë O’Neill"),
        ("gross", "Jürgen Groß"),
        ("jurgen", "Jürgen Groß"),
        ("angstrom", "Ørjan Ångström"),
        ("владимир", "Владимир Ленин"),
        ("vladimir", "Владимир Ленин"),
        ("ann jones", ""),
    ] {
        let expected: Vec<&str> = [expected].into_iter().filter(|name| !name.is_empty()).collect();
        assert_eq!(found(&ada, search).await, expected, "{search}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_or_two_letters_match_the_beginning_of_a_word(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &people(&[("Ann", "Smith"), ("Joanna", "Miller"), ("Sam", "Anders")])).await;
    assert_eq!(found(&ada, "an").await, ["Ann Smith", "Sam Anders"]);
    assert_eq!(found(&ada, "an s").await, ["Ann Smith", "Sam Anders"]);
    assert_eq!(found(&ada, "j").await, ["Joanna Miller"]);
    assert_eq!(found(&ada, "ann").await, ["Ann Smith", "Joanna Miller"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn wildcards_and_quotes_are_ordinary_characters(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &people(&[("100%", "Cotton"), ("Snake_Case", "Miller"), ("Back\\slash", "Jones")])).await;
    for (search, expected) in [
        ("%", vec![]),
        ("_", vec![]),
        ("%%%", vec![]),
        ("___", vec![]),
        ("\\", vec![]),
        ("100%", vec!["100% Cotton"]),
        ("0%", vec![]),
        ("snake_case", vec!["Snake_Case Miller"]),
        ("snakexcase", vec![]),
        ("back\\slash", vec!["Back\\slash Jones"]),
        ("' OR true --", vec![]),
        ("\0", vec![]),
        ("\u{e000}", vec![]),
    ] {
        assert_eq!(found(&ada, search).await, expected, "{search:?}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_pending_invitation_is_found_by_its_address_and_a_long_query_harms_nobody(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.invitation(&ada, "Acme", "Carl@example.org").await;
    assert_eq!(found(&ada, "carl@").await, ["Carl@example.org"]);
    assert!(found(&ada, &"x".repeat(100_000)).await.is_empty());
    assert_eq!(found(&ada, &"ada ".repeat(10_000)).await, ["Ada Lovelace"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn many_matches_far_along_the_names_are_found_page_by_page_in_both_directions(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let crowd = (0..5_500).map(|_| ("Bea".to_owned(), "Crowd".to_owned()));
    let wanted = (0..1_010).map(|number| (format!("Zoe {number:04}"), "Quist".to_owned()));
    world.add_users("Acme", &crowd.chain(wanted).collect::<Vec<_>>()).await;
    let names = |list: &MemberList| list.page.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let expected = |from: usize| (from..from + 50).map(|number| format!("Zoe {number:04} Quist")).collect::<Vec<_>>();
    let query = MemberQuery { search: "quist".to_owned(), ..MemberQuery::default() };

    let first = list(&ada, query.clone()).await;
    let second = list(&ada, MemberQuery { after: first.page.next.clone().unwrap(), ..query.clone() }).await;
    let first_again = list(&ada, MemberQuery { before: second.page.previous.clone().unwrap(), ..query }).await;

    assert_eq!((names(&first), first.page.previous.is_none()), (expected(0), true));
    assert_eq!(names(&second), expected(50));
    assert_eq!((names(&first_again), first_again.page.previous.is_none()), (expected(0), true));
}
