//! `/healthz`: the process runs. `/readyz`: it can serve; dead mails are named without failing.

use app::platform::state::AppState;
use app::platform::{db, outbox};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

/// The two addresses.
pub fn router(state: AppState) -> Router {
    Router::new().route("/healthz", get(healthy)).route("/readyz", get(ready)).with_state(state)
}

async fn healthy() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "ok\n").into_response()
}

async fn ready(State(state): State<AppState>) -> Response {
    let expected = db::MIGRATOR.iter().map(|migration| migration.version).max();
    let (schema, dead_mails) = match (db::store::schema_version(&state.pool).await, outbox::dead_count(&state.pool).await) {
        (Ok(schema), Ok(dead_mails)) => (schema, dead_mails),
        (Err(error), _) | (_, Err(error)) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false, "database": "does not answer" }))).into_response();
        }
    };
    let is_current = schema >= expected;
    let status = if is_current { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": is_current, "database": "answers", "schema": schema, "dead_mails": dead_mails }))).into_response()
}
