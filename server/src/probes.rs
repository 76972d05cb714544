//! `/healthz`: the process runs. `/readyz`: it can serve; dead mails are listed without failing.

use app::platform::outbox::DeadMail;
use app::platform::state::AppState;
use app::platform::{db, outbox};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgPool;

/// The two addresses.
pub fn router(state: AppState) -> Router {
    Router::new().route("/healthz", get(healthy)).route("/readyz", get(ready)).with_state(state)
}

async fn healthy() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "ok\n").into_response()
}

async fn ready(State(state): State<AppState>) -> Response {
    let expected = db::MIGRATOR.iter().map(|migration| migration.version).max();
    let Standing { schema, dead_mails, newest_dead } = match standing(&state.pool).await {
        Ok(standing) => standing,
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false, "database": "does not answer" }))).into_response();
        }
    };
    let is_current = schema >= expected;
    let status = if is_current { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let newest_dead: Vec<Value> = newest_dead
        .into_iter()
        .map(|mail| json!({ "id": mail.id.to_string(), "kind": mail.kind, "given_up_at": mail.given_up_at.iso() }))
        .collect();
    let told = json!({
        "ready": is_current,
        "database": "answers",
        "schema": schema,
        "dead_mails": dead_mails,
        "newest_dead_mails": newest_dead,
    });
    (status, Json(told)).into_response()
}

/// What the database says of itself and of mail.
struct Standing {
    schema: Option<i64>,
    dead_mails: i64,
    newest_dead: Vec<DeadMail>,
}

async fn standing(pool: &PgPool) -> Result<Standing, sqlx::Error> {
    Ok(Standing {
        schema: db::store::schema_version(pool).await?,
        dead_mails: outbox::dead_count(pool).await?,
        newest_dead: outbox::newest_dead(pool).await?,
    })
}
