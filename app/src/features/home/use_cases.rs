//! The short story of the home page.

use super::model::Home;
use super::store;
use crate::failure::{Failure, NoRefusal};
use crate::features::accepting;
use crate::features::permissions::access;
use crate::platform::request::Working;

/// What one can open, where one belongs, what has ended, what waits.
pub async fn read_home(request: Working) -> Result<Home, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, &request).await?;

    let facts = store::get_home(&mut reading, &signed_in).await?;
    Ok(Home {
        applications: facts.applications,
        organizations: facts.organizations,
        ended: facts.ended,
        invitations: accepting::rules::standing(facts.waiting),
        factor_is_owed: signed_in.factor_is_owed,
    })
}
