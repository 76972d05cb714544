//! The list of members with as little around it as can be: axum, sqlx, and the two statements that the program runs for it, whose
//! rows go out as JSON. `cargo xtask bench P-7 P-8` measures the program against it.
//!
//! `raw_members <port> <database>` serves `/organizations/{slug}/members` from the database of that address. A test compares its statements
//! with the program's.

use std::env;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgPool, PgPoolOptions};
use time::OffsetDateTime;
use tokio::net::TcpListener;
use uuid::Uuid;

/// Session, person and membership: may the caller see the list?
const STANDING: &str = include_str!("standing.sql");
/// The list's first page.
const LIST: &str = include_str!("list.sql");
/// As many as the program has.
const CONNECTIONS: u32 = 10;
/// The permission to see the list.
const MANAGE_USERS: i32 = 2;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(sqlx::FromRow)]
struct Standing {
    stage: String,
    #[sqlx(rename = "permissions?")]
    permissions: Option<i32>,
    #[sqlx(rename = "is_active?")]
    is_active: Option<bool>,
    #[sqlx(rename = "member_organization_id?")]
    organization: Option<Uuid>,
}

#[derive(sqlx::FromRow, Serialize)]
struct Member {
    id: Option<Uuid>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    role: Option<String>,
    #[serde(serialize_with = "seconds")]
    invited_at: Option<OffsetDateTime>,
    #[serde(serialize_with = "seconds")]
    link_expires_at: Option<OffsetDateTime>,
    #[serde(serialize_with = "seconds")]
    activated_at: Option<OffsetDateTime>,
    #[serde(serialize_with = "seconds")]
    deactivated_at: Option<OffsetDateTime>,
    #[serde(serialize_with = "seconds")]
    last_active_at: Option<OffsetDateTime>,
    has_factor: Option<bool>,
    applications: Option<Vec<String>>,
}

#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn seconds<S: Serializer>(at: &Option<OffsetDateTime>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(OffsetDateTime::unix_timestamp).serialize(serializer)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let usage = "usage: raw_members <port> <database>";
    let mut arguments = env::args().skip(1);
    let port: u16 = arguments.next().ok_or(usage)?.parse()?;
    let database = arguments.next().ok_or(usage)?;
    let options = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
    let pool = options.connect(&database).await?;
    let router = Router::new().route("/organizations/{slug}/members", get(list)).with_state(pool);
    axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, router).await?;
    Ok(())
}

async fn list(State(pool): State<PgPool>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Json<Vec<Member>>, StatusCode> {
    let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
    let token = cookies.strip_prefix("nexus=").ok_or(StatusCode::UNAUTHORIZED)?;
    let failed = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let mut connection = pool.acquire().await.map_err(failed)?;
    let standing: Option<Standing> = sqlx::query_as(STANDING)
        .bind(Sha256::digest(token).as_slice())
        .bind(slug)
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?;
    let standing = standing.filter(|standing| standing.stage == "full").ok_or(StatusCode::UNAUTHORIZED)?;
    let may = standing.is_active == Some(true) && standing.permissions.is_some_and(|held| held & MANAGE_USERS != 0);
    let organization = standing.organization.filter(|_| may).ok_or(StatusCode::FORBIDDEN)?;
    let members =
        sqlx::query_as(LIST).bind(organization).bind(organization).bind(organization).fetch_all(&mut *connection).await.map_err(failed)?;
    Ok(Json(members))
}
