//! Browsers that go away, a database that is busy, and one that breaks: nothing half-done stays, and doubt is a no
//! (S-61, S-64, S-65).

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::functions::FUNCTIONS;
use crate::support::{Draft, INVITE, MEMBERS, ORGANIZATION, Options, PASSWORD, World};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn browsers_that_go_away_leave_nothing_behind(pool: PgPool) {
    let world = World::with(pool, Options { connections: 2, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let mut random = StdRng::seed_from_u64(61);
    let mut gone = JoinSet::new();
    for number in 0..2_000 {
        let email = format!("person{number}@example.org");
        let (person, draft) = match number % 8 {
            0 => (&ada, Draft::new("GET", MEMBERS)),
            1 => (&ada, Draft::call("invite_members", &[IN_ACME, ("form[emails]", &email), ("form[role]", "user")])),
            2 => (&bob, Draft::new("GET", "/")),
            3 => (&ada, Draft::call("list_members", &[IN_ACME, ("query[search]", "ann")])),
            4 => (&bob, Draft::call("read_overview", &[IN_ACME])),
            5 => (
                &ada,
                Draft::submission(
                    INVITE,
                    "invite_members",
                    &[IN_ACME, ("form[emails]", &format!("plain-{email}")), ("form[role]", "user")],
                ),
            ),
            6 => (&bob, Draft::call("message_administrators", &[IN_ACME, ("form[message]", "Hello")])),
            _ => (&bob, Draft::call("sign_in", &[("form[identifier]", "nobody"), ("form[password]", "nothing")])),
        };
        let (browser, pause) = (person.browser.clone(), Duration::from_micros(random.random_range(0..20_000)));
        gone.spawn(async move { browser.hang_up_after(&draft, pause).await });
        while gone.len() >= 16 {
            gone.join_next().await;
        }
    }
    while gone.join_next().await.is_some() {}

    world.server.state.tasks.close();
    world.server.state.tasks.wait().await;
    world.server.state.tasks.reopen();
    world
        .until(
            "nothing is left in a transaction",
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%')",
        )
        .await;
    for number in 0..200 {
        match number % 4 {
            0 => ada.get(MEMBERS).await.expect(200),
            1 => bob.get("/").await.expect(200),
            2 => ada.call("list_members", &[IN_ACME]).await.expect(200),
            _ => ada
                .call("invite_members", &[IN_ACME, ("form[emails]", &format!("after{number}@example.org")), ("form[role]", "user")])
                .await
                .expect(200),
        };
    }
    assert_eq!(
        world.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'").await,
        0
    );
    // Each invitation is whole or not there: its link, its mail and its row in the activity log.
    let halves = "SELECT count(*) FROM memberships WHERE user_id IS NULL AND (
        (SELECT count(*) FROM links WHERE membership_id = memberships.id) <> 1
        OR (SELECT count(*) FROM mails WHERE membership_id = memberships.id) <> 1
        OR (SELECT count(*) FROM audit_events WHERE subject_id = memberships.id AND action = 'invitation.sent') <> 1)";
    assert_eq!(world.count(halves).await, 0);
    assert!(world.count("SELECT count(*) FROM memberships WHERE user_id IS NULL").await >= 50);
    let wrong_count = "SELECT count(*) FROM organizations WHERE member_count <> (SELECT count(*) FROM memberships WHERE organization_id = organizations.id)";
    assert_eq!(world.count(wrong_count).await, 0);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn without_a_free_connection_the_answer_is_to_come_back(pool: PgPool) {
    let world = World::with(pool, Options { connections: 2, has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let held: Vec<_> = {
        let pool = &world.server.state.pool;
        vec![pool.acquire().await.unwrap(), pool.acquire().await.unwrap()]
    };
    for draft in [
        Draft::new("GET", MEMBERS),
        Draft::call("list_members", &[IN_ACME]),
        Draft::call("invite_members", &[IN_ACME, ("form[emails]", "x@example.org"), ("form[role]", "user")]),
        Draft::submission("/sign-in", "sign_in", &[("form[identifier]", "x"), ("form[password]", "y")]),
        Draft::new("GET", "/readyz"),
    ] {
        let started = Instant::now();
        let answer = ada.browser.send(draft.clone()).await;
        assert_eq!(answer.status, 503, "{draft:?}: {}", answer.excerpt());
        assert!(answer.header("retry-after").is_some() || answer.text().contains("ready"), "{draft:?}: no Retry-After");
        // A page asks for its header and for its content, one after the other at worst.
        assert!(started.elapsed() < Duration::from_secs(7), "{draft:?}: {:?}", started.elapsed());
    }
    let started = Instant::now();
    ada.get("/healthz").await.expect(200);
    assert!(started.elapsed() < Duration::from_millis(500));
    drop(held);
    ada.get(MEMBERS).await.expect(200);
    ada.get("/readyz").await.expect(200);
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 1);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn slow_statements_of_others_only_delay(pool: PgPool) {
    let world = World::with(pool, Options { connections: 2, has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let sleeping: Vec<_> = (0..2)
        .map(|_| {
            let pool = world.server.state.pool.clone();
            tokio::spawn(async move { sqlx::query("SELECT pg_sleep(1)").execute(&pool).await.unwrap() })
        })
        .collect();
    sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    ada.get(MEMBERS).await.expect(200);
    assert!(started.elapsed() >= Duration::from_millis(500));
    for sleeping in sleeping {
        sleeping.await.unwrap();
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn hashing_holds_no_connection(pool: PgPool) {
    let world = World::with(pool, Options { connections: 1, has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let mut signing_in = JoinSet::new();
    for number in 0..20 {
        let mut browser = world.browser();
        signing_in.spawn(async move {
            browser.call("sign_in", &[("form[identifier]", &format!("nobody{number}")), ("form[password]", PASSWORD)]).await.status
        });
    }
    let mut answers = 0;
    while !signing_in.is_empty() {
        ada.call("read_overview", &[IN_ACME]).await.expect(200);
        answers += 1;
        while let Some(ended) = signing_in.try_join_next() {
            assert!(matches!(ended.unwrap(), 422 | 429));
        }
    }
    assert!(answers > 5, "{answers}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn when_a_check_fails_the_answer_is_no(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.mail_is_out().await;
    let member = world.membership("bob@example.org").await;
    for (table, break_it, mend_it) in [
        ("sessions", "ALTER TABLE sessions RENAME TO broken", "ALTER TABLE broken RENAME TO sessions"),
        ("memberships", "ALTER TABLE memberships RENAME TO broken", "ALTER TABLE broken RENAME TO memberships"),
        ("throttles", "ALTER TABLE throttles RENAME TO broken", "ALTER TABLE broken RENAME TO throttles"),
        ("audit_events", "ALTER TABLE audit_events RENAME TO broken", "ALTER TABLE broken RENAME TO audit_events"),
        ("two_factors", "ALTER TABLE two_factors RENAME TO broken", "ALTER TABLE broken RENAME TO two_factors"),
    ] {
        world.alter(break_it).await;
        let calls: &[(&str, &[(&str, &str)])] = match table {
            "throttles" => &[
                ("sign_in", &[("form[identifier]", "ada@example.org"), ("form[password]", PASSWORD)]),
                ("message_administrators", &[IN_ACME, ("form[message]", "x")]),
                ("judge_password", &[("password", "x")]),
            ],
            "audit_events" => &[
                ("invite_members", &[IN_ACME, ("form[emails]", "x@example.org"), ("form[role]", "user")]),
                ("cancel_invitation", &[IN_ACME, ("form[member]", "{member}")]),
                ("sign_in", &[("form[identifier]", "x"), ("form[password]", "y")]),
            ],
            _ => &[
                ("list_members", &[IN_ACME]),
                ("read_overview", &[IN_ACME]),
                ("read_account", &[]),
                ("invite_members", &[IN_ACME, ("form[emails]", "x@example.org"), ("form[role]", "user")]),
                ("cancel_invitation", &[IN_ACME, ("form[member]", "{member}")]),
            ],
        };
        for (function, pairs) in calls {
            let pairs: Vec<(&str, &str)> =
                pairs.iter().map(|(name, value)| (*name, if *value == "{member}" { member.as_str() } else { *value })).collect();
            let answer = ada.call(function, &pairs).await;
            let is_no = answer.status >= 500 || (*function == "invite_members" && answer.text().contains("Failed"));
            assert!(is_no, "{function} without {table}: {}", answer.excerpt());
            assert!(
                !answer.text().contains("relation") && !answer.text().contains("sqlx") && !answer.text().contains("Lovelace"),
                "{function} without {table}: {}",
                answer.excerpt()
            );
        }
        if matches!(table, "sessions" | "memberships" | "two_factors") {
            let answer = ada.get(MEMBERS).await;
            assert!(answer.status >= 500, "the page without {table}: {}", answer.excerpt());
            assert!(!answer.text().contains("bob@example.org"));
        }
        world.alter(mend_it).await;
        ada.get(MEMBERS).await.expect(200);
    }
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 2);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn without_a_database_nothing_succeeds(pool: PgPool) {
    let world = World::with(pool, Options { has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    world.server.state.pool.close().await;
    for function in FUNCTIONS {
        let pairs: Vec<(&str, &str)> = function
            .inputs
            .iter()
            .map(|name| match *name {
                "organization" => IN_ACME,
                "form[identifier]" | "form[emails]" => (*name, "ada@example.org"),
                "form[role]" => (*name, "user"),
                "form[message]" => (*name, "Hello"),
                "form[code]" if function.name == "use_recovery_code" => (*name, "0000-0000-0000-0000"),
                "form[code]" => (*name, "123456"),
                name if name.contains("token") => (name, "nxl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                name if name.contains("member") || name == "application" => (name, "01900000-0000-7000-8000-000000000000"),
                name if name.contains("password") => (name, PASSWORD),
                name => (name, ""),
            })
            .collect();
        let answer = ada.call(function.name, &pairs).await;
        assert_eq!(answer.status, 503, "{}: {}", function.name, answer.excerpt());
    }
    for page in ["/", MEMBERS, "/account", "/organizations/acme"] {
        let answer = ada.get(page).await;
        assert_eq!(answer.status, 503, "{page}: {}", answer.excerpt());
        assert!(!answer.text().contains("Lovelace"), "{page}");
    }
    ada.get("/healthz").await.expect(200);
    ada.get("/readyz").await.expect(503);
    ada.get("/help").await.expect(200);
}
