//! Writing an audit row.

use super::event::Event;
use super::store;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::request::Origin;
use crate::platform::state::AppState;
use crate::values::ids::{OrganizationId, UserId};
use crate::values::moment::Moment;

/// Who causes something, when and from where.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The organization that it concerns.
    pub organization: Option<OrganizationId>,
    /// The acting person; nobody for what strangers or the system do.
    pub actor: Option<UserId>,
    /// Start of the transaction.
    pub at: Moment,
    /// Where the request came from.
    pub origin: Origin,
}

/// Records an event in the transaction of its cause.
pub async fn record(tx: &mut Tx, state: &AppState, cause: &Cause, event: &Event) -> Result<(), Fault> {
    let id = state.randomness.uuid(cause.at)?;
    store::insert_event(tx, id, cause, event).await?;
    Ok(())
}
