//! Browsers that go away, a database that is busy, and one that breaks: nothing half-done stays, and doubt is a no
//! (S-61, S-64, S-65).

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::functions::functions;
use crate::support::server::HASHING_PERMITS;
use crate::support::{Answer, Draft, INVITE, MEMBERS, ORGANIZATION, Options, PASSWORD, Person, World, html};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);
/// A stored password of nobody, with so many passes that comparing it takes seconds.
const SLOW_HASH: &str = "$argon2id$v=19$m=19456,t=160,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn browsers_that_go_away_leave_nothing_behind(pool: PgPool) {
    let world = World::with(pool, Options { connections: 2, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let mut random = StdRng::seed_from_u64(61);
    let mut gone = JoinSet::new();
    for number in 0..2_000 {
        if number % 32 == 0 {
            // Otherwise most messages and passwords would be turned away before they reach what is tested here.
            world.alter("DELETE FROM throttles").await;
            world.no_transaction_is_idle(5.0).await;
        }
        let (word, part) = if random.random_bool(0.5) { ("whole", 1.0) } else { ("cut", random.random_range(0.0..1.0)) };
        let email = format!("{word}{number}@example.org");
        let (person, draft) = match number % 8 {
            0 => (&ada, Draft::new("GET", MEMBERS)),
            1 => (&ada, Draft::call("invite_members", &[IN_ACME, ("form[emails]", &email), ("form[role]", "user")])),
            2 => (&bob, Draft::new("GET", "/")),
            3 => (&ada, Draft::call("list_members", &[IN_ACME, ("query[search]", "ann")])),
            4 => (&bob, Draft::call("read_overview", &[IN_ACME])),
            5 => (&ada, Draft::submission(INVITE, "invite_members", &[IN_ACME, ("form[emails]", &email), ("form[role]", "user")])),
            6 => (&bob, Draft::call("message_administrators", &[IN_ACME, ("form[message]", word)])),
            _ => (&bob, Draft::call("sign_in", &[("form[identifier]", &email), ("form[password]", "nothing")])),
        };
        let (browser, pause) = (person.browser.clone(), Duration::from_micros(random.random_range(0..20_000)));
        gone.spawn(async move { browser.hang_up_within(&draft, part, pause).await });
        while gone.len() >= 16 {
            gone.join_next().await;
        }
    }
    while gone.join_next().await.is_some() {}

    world.server.state.tasks.close();
    world.server.state.tasks.wait().await;
    world.server.state.tasks.reopen();
    // Much sooner than Postgres itself would end a forgotten transaction.
    world
        .until_within(
            Duration::from_secs(1),
            "nothing is left in a transaction",
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'nexus' AND state LIKE 'idle in transaction%')",
        )
        .await;
    for number in 0..1_000 {
        match number % 4 {
            0 => {
                let page = ada.get(MEMBERS).await.expect(200).text();
                assert!(html::is_complete(&page) && page.contains("ada@example.org"), "{number}: {page}");
            }
            1 => {
                let page = bob.get("/").await.expect(200).text();
                assert!(html::is_complete(&page) && page.contains("Bob") && !page.contains("ada@example.org"), "{number}: {page}");
            }
            2 => {
                let list = ada.call("list_members", &[IN_ACME, ("query[search]", "lovelace")]).await.expect(200);
                assert_eq!(list.json()["page"]["rows"].as_array().map(Vec::len), Some(1), "{number}: {}", list.excerpt());
            }
            _ => world.invite(&mut ada, &format!("after{number}@example.org")).await,
        }
    }
    world.no_transaction_is_idle(1.0).await;
    // Each invitation is whole or not there: its link, its mail and its row in the activity log.
    let halves = "SELECT count(*) FROM memberships WHERE user_id IS NULL AND (
        (SELECT count(*) FROM links WHERE membership_id = memberships.id) <> 1
        OR (SELECT count(*) FROM mails WHERE membership_id = memberships.id) <> 1
        OR (SELECT count(*) FROM audit_events WHERE subject_id = memberships.id AND action = 'invitation.sent') <> 1)";
    assert_eq!(world.count(halves).await, 0);
    assert!(world.count("SELECT count(*) FROM memberships WHERE email LIKE 'whole%'").await >= 50);
    assert_eq!(world.count("SELECT count(*) FROM memberships WHERE email LIKE 'after%'").await, 250);
    // What did not arrive whole was not begun.
    assert_eq!(world.count("SELECT count(*) FROM memberships WHERE email LIKE 'cut%'").await, 0);
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
async fn whoever_waits_for_hashing_holds_no_connection(pool: PgPool) {
    let world = World::with(pool, Options { connections: 1, has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let hashing: Vec<_> = (0..HASHING_PERMITS)
        .map(|_| {
            let passwords = world.server.state.passwords.clone();
            tokio::spawn(async move { passwords.verify("anything", Some(SLOW_HASH.to_owned())).await.unwrap().unwrap() })
        })
        .collect();
    sleep(Duration::from_millis(50)).await;
    let mut stranger = world.browser();
    let signing_in =
        tokio::spawn(
            async move { stranger.call("sign_in", &[("form[identifier]", "ada@example.org"), ("form[password]", "wrong")]).await },
        );
    world.until("the attempt is counted", "SELECT EXISTS (SELECT FROM throttles WHERE scope = 'password.account')").await;
    sleep(Duration::from_millis(50)).await;
    for _ in 0..10 {
        let connections = &world.server.state.pool;
        assert_eq!((connections.size(), connections.num_idle()), (1, 1));
        sleep(Duration::from_millis(5)).await;
    }
    ada.call("read_overview", &[IN_ACME]).await.expect(200);
    assert!(!signing_in.is_finished() && hashing.iter().all(|hashing| !hashing.is_finished()), "the permits were taken all the while");
    for hashing in hashing {
        hashing.await.unwrap();
    }
    signing_in.await.unwrap().expect(422);
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
            tells_and_gives_nothing(&answer, &format!("{function} without {table}"));
        }
        if matches!(table, "sessions" | "memberships" | "two_factors") {
            let answer = ada.get(MEMBERS).await;
            assert!(answer.status >= 500, "the page without {table}: {}", answer.excerpt());
            assert!(!answer.text().contains("bob@example.org"));
            tells_and_gives_nothing(&answer, &format!("the page without {table}"));
        }
        world.alter(mend_it).await;
        ada.get(MEMBERS).await.expect(200);
    }
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 2);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn without_counters_nobody_proves_anything(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    let recovery_codes = ada.set_up_second_factor(&world).await;
    world.invite(&mut ada, "carol@example.org").await;
    let token = world.token_for("carol@example.org").await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second' WHERE purpose = 'invitation'").await;

    for function in ["verify_code", "use_recovery_code", "renew_recovery_codes", "renew_link"] {
        let mut person = match function {
            "renew_recovery_codes" => ada.clone(),
            "renew_link" => Person::new(world.browser(), "carol@example.org"),
            _ => half_a_session(&world, &ada).await,
        };
        let code = ada.code(&world).await;
        let pairs: &[(&str, &str)] = match function {
            "verify_code" => &[("form[code]", &code)],
            "use_recovery_code" => &[("form[code]", &recovery_codes[0])],
            "renew_recovery_codes" => &[("proof[password]", PASSWORD), ("proof[code]", &code)],
            _ => &[("form[token]", &token)],
        };
        refused_without(&world, "throttles", &mut person, function, pairs).await;
        // Everything else was in order.
        person.call(function, pairs).await.expect(200);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn without_the_table_of_factors_none_is_proved_and_none_set_up(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;

    let code = ada.code(&world).await;
    let mut half = half_a_session(&world, &ada).await;
    refused_without(&world, "two_factors", &mut half, "verify_code", &[("form[code]", &code)]).await;
    half.call("read_home", &[]).await.expect(401);
    half.call("verify_code", &[("form[code]", &code)]).await.expect(200);

    let page = bob.get("/account/two-factor").await.expect(200).text();
    let pending = html::input(&page, "form[pending]").unwrap();
    let shown = bob.call("read_own_factor", &[("pending", &pending)]).await.expect(200).json();
    let secret = shown["NotSetUp"]["pending"]["secret"].as_str().unwrap().replace(' ', "");
    bob.secret = Some(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap());
    let code = bob.code(&world).await;
    let pairs = [("form[pending]", pending.as_str()), ("form[code]", code.as_str())];
    refused_without(&world, "two_factors", &mut bob, "turn_on_two_factor", &pairs).await;
    assert_eq!(world.count("SELECT count(*) FROM two_factors").await, 1);
    bob.call("turn_on_two_factor", &pairs).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn without_a_database_nothing_succeeds(pool: PgPool) {
    let world = World::with(pool, Options { has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    world.server.state.pool.close().await;
    for function in functions() {
        let pairs: Vec<(&str, &str)> = function
            .inputs
            .iter()
            .map(|name| match *name {
                "organization" => IN_ACME,
                "form[identifier]" | "form[emails]" => (*name, "ada@example.org"),
                "form[role]" => (*name, "user"),
                "form[message]" => (*name, "Hello"),
                "form[code]" if function.name == "use_recovery_code" => (*name, "0000-0000-0000-0000"),
                "form[code]" | "proof[code]" => (*name, "123456"),
                name if name.contains("token") => (name, "nxl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                name if name.contains("member") || name == "application" => (name, "01900000-0000-7000-8000-000000000000"),
                name if name.contains("password") => (name, PASSWORD),
                name => (name, ""),
            })
            .collect();
        let answer = ada.call(function.name, &pairs).await;
        assert_eq!(answer.status, 503, "{}: {}", function.name, answer.excerpt());
        tells_and_gives_nothing(&answer, function.name);
    }
    for page in ["/", MEMBERS, "/account", "/organizations/acme"] {
        let answer = ada.get(page).await;
        assert_eq!(answer.status, 503, "{page}: {}", answer.excerpt());
        tells_and_gives_nothing(&answer, page);
    }
    ada.get("/healthz").await.expect(200);
    ada.get("/readyz").await.expect(503);
    ada.get("/help").await.expect(200);
}

/// The same person at another browser, who has proved the password and nothing more.
async fn half_a_session(world: &World, person: &Person) -> Person {
    let mut half = person.clone();
    half.browser = world.browser();
    half.enter_password().await.expect(200);
    half
}

/// Calls a function while a table is out of reach: the answer is a fault of ours, and neither the database nor the browser's cookies
/// are changed by it.
async fn refused_without(world: &World, table: &str, person: &mut Person, function: &str, pairs: &[(&str, &str)]) {
    let (break_it, mend_it) = match table {
        "throttles" => ("ALTER TABLE throttles RENAME TO broken", "ALTER TABLE broken RENAME TO throttles"),
        "two_factors" => ("ALTER TABLE two_factors RENAME TO broken", "ALTER TABLE broken RENAME TO two_factors"),
        other => panic!("say how {other} breaks"),
    };
    let proofs = "SELECT (SELECT count(*) FROM sessions WHERE stage = 'full') + (SELECT count(*) FROM links) + (SELECT count(*) FROM mails)
        + (SELECT count(*) FROM audit_events) + (SELECT count(*) FROM recovery_codes WHERE used_at IS NOT NULL)";
    world.mail_is_out().await;
    let before = (world.count(proofs).await, person.browser.cookies.clone());
    world.alter(break_it).await;
    let answer = person.call(function, pairs).await;
    world.alter(mend_it).await;
    assert!(answer.status >= 500, "{function} without {table}: {}", answer.excerpt());
    tells_and_gives_nothing(&answer, &format!("{function} without {table}"));
    assert_eq!((world.count(proofs).await, person.browser.cookies.clone()), before, "{function} without {table}");
}

/// A fault of ours names nothing of the inside and nobody, and changes no cookie.
fn tells_and_gives_nothing(answer: &Answer, what: &str) {
    for inside in ["relation", "sqlx", "Lovelace"] {
        assert!(!answer.text().contains(inside), "{what}: {}", answer.excerpt());
    }
    let cookies: Vec<&str> = answer.all("set-cookie").collect();
    assert!(cookies.is_empty() || answer.status < 500, "{what}: {cookies:?}");
}
