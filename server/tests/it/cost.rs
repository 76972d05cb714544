//! What pages and functions ask of the database, beside very many people: few statements, and none that walks through rows which
//! are not about what was asked.
//!
//! `cargo xtask bench P-9` runs the same with a thousand and with a million people, and prints every row.

use std::collections::BTreeSet;
use std::fmt::Write;

use sqlx::PgPool;

use crate::audit_coverage::{Chronicle, everything_that_changes};
use crate::functions::exceptions;
use crate::support::wiretap::Asked;
use crate::support::{INVITE, MEMBERS, ORGANIZATION, Options, PASSWORD, Person, World};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

/// People beside the test's own, unless the environment says how many.
const BESIDE: u32 = 20_000;
/// The most rows that one statement may look at.
const MOST_ROWS: f64 = 1_000.0;
/// The most that a search may: what it walks along the names before it looks matches up by their words.
const MOST_SEARCHED: f64 = 5_100.0;
/// The most statements of a page, and of one that searches.
const MOST_STATEMENTS: (usize, usize) = (3, 4);

/// What one of them asked.
struct Cost {
    kind: &'static str,
    name: String,
    asked: Asked,
}

impl Cost {
    /// The statement that looked at most rows.
    fn largest(&self) -> (&str, f64) {
        let largest = self.asked.plans.iter().max_by(|one, other| one.1.total_cmp(&other.1));
        largest.map_or(("", 0.0), |(statement, rows)| (statement.as_str(), *rows))
    }

    fn searches(&self) -> bool {
        self.name.contains("search")
    }
}

#[expect(clippy::disallowed_methods, reason = "it is the bench that says so, to a test, which has no other settings")]
fn beside() -> u32 {
    std::env::var("NEXUS_TEST_PEOPLE").map_or(BESIDE, |people| people.parse().unwrap())
}

/// Writes every figure into the file that the environment names, if it names one.
#[expect(clippy::disallowed_methods, reason = "it is the bench that says so, to a test, which has no other settings")]
fn tell(costs: &[Cost]) {
    let Ok(file) = std::env::var("NEXUS_TEST_COSTS") else {
        return;
    };
    let line = |cost: &Cost| {
        let Asked { statements, round_trips, .. } = &cost.asked;
        format!("{}\t{}\t{}\t{round_trips}\t{}\n", cost.kind, cost.name, statements.len(), cost.largest().1)
    };
    std::fs::write(file, costs.iter().map(line).collect::<String>()).unwrap();
}

/// Fails the test where something asks too much.
fn judge(costs: &[Cost], tells_rows: bool) {
    let mut faults = String::new();
    for cost in costs {
        let (statement, rows) = cost.largest();
        let most_rows = match cost.searches() {
            // All of them, wherever they stand: that is what a lookup is.
            true if cost.name.contains("looks many up") => f64::INFINITY,
            true => MOST_SEARCHED,
            false => MOST_ROWS,
        };
        if rows > most_rows {
            writeln!(faults, "{} {} looks at {rows} rows: {statement}\n", cost.kind, cost.name).unwrap();
        }
        let most = if cost.searches() { MOST_STATEMENTS.1 } else { MOST_STATEMENTS.0 };
        if cost.kind == "page" && cost.asked.statements.len() > most {
            writeln!(
                faults,
                "{} {} takes {} statements: {:#?}\n",
                cost.kind,
                cost.name,
                cost.asked.statements.len(),
                cost.asked.statements
            )
            .unwrap();
        }
        let has_plans = !cost.asked.plans.is_empty() || cost.asked.statements.is_empty();
        assert!(has_plans || !tells_rows, "Postgres tells no plans of {}", cost.name);
    }
    assert!(faults.is_empty(), "{faults}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn pages_take_few_statements_and_nothing_walks_through_the_rows_of_others(pool: PgPool) {
    // Many invitations go out in this world, and none of them must be stopped by the day's limit.
    let options = Options { connections: 1, invitations_per_day: i64::MAX, ..Options::default() };
    let world = World::tapped(pool, options).await;
    let set_up = world.set_up_token().await;
    let mut log = Chronicle::new(&world);
    let administrator = everything_that_changes(&world, &mut log, beside()).await;
    let mut costs: Vec<Cost> = log.asked.into_iter().map(|(name, asked)| Cost { kind: "function", name, asked }).collect();
    let mut cast = cast(&world, administrator, set_up).await;
    costs.extend(reading(&world, &mut cast).await);
    costs.extend(pages(&world, &mut cast).await);
    tell(&costs);
    is_what_the_bench_runs(&costs);
    judge(&costs, world.tells_rows());
}

/// Fails the test where the raw handler, which the bench measures against, runs other statements than the program.
fn is_what_the_bench_runs(costs: &[Cost]) {
    let list = costs.iter().find(|cost| cost.name == "list_members, first page").unwrap();
    let words = |statement: &str| statement.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let raw = [include_str!("../../examples/raw_members/standing.sql"), include_str!("../../examples/raw_members/list.sql")];
    let [standing, page] = &list.asked.statements[..] else {
        panic!("{:#?}", list.asked.statements);
    };
    assert_eq!(words(standing), words(raw[0]), "write it to examples/raw_members/standing.sql");
    assert_eq!(words(page), words(raw[1]), "write it to examples/raw_members/list.sql");
}

/// Who asks.
#[derive(Clone, Copy)]
enum Who {
    Stranger,
    HalfSession,
    Invited,
    User,
    Administrator,
}

impl Who {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Stranger => "a stranger",
            Self::HalfSession => "half a session",
            Self::Invited => "somebody invited",
            Self::User => "a User",
            Self::Administrator => "an administrator",
        }
    }
}

/// Everybody, in the order of [`Who`], and what is named in addresses.
struct Cast {
    people: [Person; 5],
    set_up: String,
    token: String,
    member: String,
    waiting: String,
    application: String,
    mail: String,
    next: String,
}

async fn cast(world: &World, mut administrator: Person, set_up: String) -> Cast {
    let user = world.member(&mut administrator, "Una").await;
    let invited = world.member(&mut administrator, "Ivo").await;
    world.remove_from_acme(&invited).await;
    for email in ["ina@example.org", "ivo@example.org"] {
        world.invite(&mut administrator, email).await;
    }
    world
        .alter(
            "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
             SELECT applications.organization_id, memberships.id, applications.id, 1, now()
             FROM users JOIN memberships ON memberships.user_id = users.id JOIN applications USING (organization_id)
             WHERE users.email = 'una@example.org'",
        )
        .await;
    let named = |query: &'static str| sqlx::query_scalar::<_, String>(query).fetch_one(&world.owner);
    let mut half = Person::new(world.browser(), &administrator.email);
    half.enter_password().await.expect(200);
    let list = administrator.call("list_members", &[IN_ACME]).await.expect(200).json();
    Cast {
        set_up,
        token: world.token_for("ina@example.org").await,
        member: world.membership("una@example.org").await,
        waiting: world.membership("ina@example.org").await,
        application: named(
            "SELECT applications.id::text FROM applications JOIN organizations ON organizations.id = organization_id AND slug = 'acme'",
        )
        .await
        .unwrap(),
        mail: named("SELECT id::text FROM development_mailbox ORDER BY received_at DESC LIMIT 1").await.unwrap(),
        next: list["page"]["next"].as_str().unwrap().to_owned(),
        people: [Person::new(world.browser(), ""), half, invited, user, administrator],
    }
}

/// Who calls what, in which words it is told apart, and with which inputs.
type Call<'call> = (Who, &'call str, &'call str, Vec<(&'call str, &'call str)>);

/// Calls every function that only reads.
async fn reading(world: &World, cast: &mut Cast) -> Vec<Cost> {
    let Cast { people, set_up, token, member, waiting, application, mail, next } = cast;
    let names = [("token", token.as_str()), ("first_name", "Ina"), ("last_name", "Crowd")];
    let mut calls: Vec<Call<'_>> = vec![
        (Who::Stranger, "read_link_page", "", vec![("token", token)]),
        (Who::Stranger, "read_set_up_link", "", vec![("token", set_up)]),
        (Who::Stranger, "suggest_username", "", names.to_vec()),
        (Who::Stranger, "judge_password", "", [("password", PASSWORD)].into_iter().chain(names).collect()),
        (Who::Stranger, "read_development_mailbox", "", vec![("recipient", ""), ("mail", mail)]),
        (Who::HalfSession, "read_sign_in_progress", "", vec![]),
        (Who::Invited, "read_home", "somebody invited", vec![]),
        (Who::User, "read_account", "", vec![]),
        (Who::User, "open_application", "", vec![("application", application)]),
        (Who::Administrator, "read_invite_page", "", vec![IN_ACME]),
        (Who::Administrator, "preview_cancellation", "", vec![IN_ACME, ("member", waiting)]),
        (Who::Administrator, "read_member_actions", "", vec![IN_ACME, ("member", member)]),
        (Who::Administrator, "preview_deactivation", "", vec![IN_ACME, ("member", member)]),
        (Who::Administrator, "list_members", ", first page", vec![IN_ACME]),
        (Who::Administrator, "list_members", ", later page of 100 rows", vec![IN_ACME, ("query[after]", next), ("query[size]", "100")]),
        (Who::Administrator, "list_members", ", search that finds many", vec![IN_ACME, ("query[search]", "crowd")]),
        (Who::Administrator, "list_members", ", search that looks many up", vec![IN_ACME, ("query[search]", "waiting")]),
        (Who::Administrator, "list_members", ", search that finds one", vec![IN_ACME, ("query[search]", "una")]),
        (Who::Administrator, "list_members", ", search that finds nobody", vec![IN_ACME, ("query[search]", "qqq")]),
    ];
    for who in [Who::Stranger, Who::User, Who::Administrator] {
        calls.push((who, "read_viewer", who.in_words(), vec![("path", "/organizations/acme")]));
    }
    for who in [Who::User, Who::Administrator] {
        calls.push((who, "read_own_factor", who.in_words(), vec![]));
        calls.push((who, "read_home", who.in_words(), vec![]));
        calls.push((who, "read_overview", who.in_words(), vec![IN_ACME]));
    }

    let mut costs = Vec::new();
    for (who, function, what, pairs) in &calls {
        let person = &mut people[*who as usize];
        // What happens once has happened then: the session is noted as used, the organization as opened.
        person.call(function, pairs).await.expect(200);
        world.asked();
        person.call(function, pairs).await.expect(200);
        costs.push(Cost {
            kind: "function",
            name: format!("{function}{}{what}", if what.is_empty() || what.starts_with(',') { "" } else { " by " }),
            asked: world.asked(),
        });
    }
    let called: BTreeSet<String> = calls.iter().map(|(_, function, ..)| (*function).to_owned()).collect();
    assert_eq!(called, exceptions(include_str!("read_only_functions.txt")), "every function that only reads is called here");
    costs
}

/// Opens every page.
async fn pages(world: &World, cast: &mut Cast) -> Vec<Cost> {
    let Cast { people, set_up, token, member, waiting, application, mail, next } = cast;
    let pages: Vec<(Who, &str, String)> = vec![
        (Who::Stranger, "", "/sign-in".to_owned()),
        (Who::Stranger, "", "/set-up".to_owned()),
        (Who::Stranger, " with a link", format!("/set-up?token={set_up}")),
        (Who::Stranger, " with a link", format!("/complete?token={token}")),
        (Who::Stranger, "", "/dev/mailbox".to_owned()),
        (Who::Stranger, " with a mail", format!("/dev/mailbox/{mail}")),
        (Who::Stranger, "", "/help".to_owned()),
        (Who::HalfSession, "", "/two-factor".to_owned()),
        (Who::Invited, " with a link of somebody else", format!("/complete?token={token}")),
        (Who::Invited, " with an invitation", "/".to_owned()),
        (Who::User, "", "/".to_owned()),
        (Who::User, "", "/account".to_owned()),
        (Who::User, " without one", "/account/two-factor".to_owned()),
        (Who::User, "", "/organizations/acme".to_owned()),
        (Who::User, "", "/organizations/acme/leave".to_owned()),
        (Who::User, "", "/help/two-factor".to_owned()),
        (Who::User, " that leads there", format!("/applications/{application}/open")),
        (Who::Administrator, "", "/".to_owned()),
        (Who::Administrator, " with one", "/account/two-factor".to_owned()),
        (Who::Administrator, "", MEMBERS.to_owned()),
        (Who::Administrator, ", later page", format!("{MEMBERS}?size=100&after={next}")),
        (Who::Administrator, ", search that finds many", format!("{MEMBERS}?search=crowd")),
        (Who::Administrator, ", search that looks many up", format!("{MEMBERS}?search=waiting")),
        (Who::Administrator, ", search that finds one", format!("{MEMBERS}?search=una")),
        (Who::Administrator, "", INVITE.to_owned()),
        (Who::Administrator, "", format!("{MEMBERS}/{member}/actions")),
        (Who::Administrator, "", format!("{MEMBERS}/{member}/deactivate")),
        (Who::Administrator, "", format!("{MEMBERS}/{waiting}/cancel-invitation")),
    ];
    let mut costs = Vec::new();
    for (who, what, page) in &pages {
        let person = &mut people[*who as usize];
        person.get(page).await;
        world.asked();
        let answer = person.get(page).await;
        let expected = match page {
            _ if page.ends_with("/open") => 303,
            // Somebody is here already.
            _ if page == "/set-up" => 404,
            _ => 200,
        };
        let address = page.split('?').next().unwrap_or_default();
        let shown: Vec<&str> = address.split('/').map(|part| if uuid::Uuid::parse_str(part).is_ok() { "…" } else { part }).collect();
        costs.push(Cost { kind: "page", name: format!("{}{what} ({})", shown.join("/"), who.in_words()), asked: world.asked() });
        assert_eq!(answer.status, expected, "{page}");
    }
    costs
}
