//! The short story of the home page.

use super::model::Home;
use super::store;
use crate::failure::{Failure, NoRefusal};
use crate::features::applications;
use crate::features::permissions::access;
use crate::platform::request::Working;

/// What one can open, where one belongs, what has ended.
pub async fn read_home(request: Working) -> Result<Home, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;

    let memberships = store::list_memberships(&mut tx, &signed_in).await?;
    let applications = applications::list_openable(&mut tx, &signed_in).await?;

    tx.commit().await?;
    Ok(Home { applications, organizations: memberships.active, ended: memberships.ended, factor_is_owed: signed_in.factor_is_owed })
}
