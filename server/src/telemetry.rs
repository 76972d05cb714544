//! Structured logs: a message for people, fields for searching, never a token, code or full address.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts logging: lines for people on a terminal, JSON otherwise.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,lettre=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_span_events(FmtSpan::NONE)
        .with_writer(std::io::stderr)
        // When nobody reads the log any more, saying so on the same closed stream would panic in whatever task has logged.
        .log_internal_errors(false);
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        builder.compact().with_target(false).init();
    } else {
        builder.json().flatten_event(true).init();
    }
}
