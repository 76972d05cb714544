//! The short story of opening an application.

use super::model::Opening;
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::features::permissions::{Action, access};
use crate::platform::request::Working;
use crate::values::ids::ApplicationId;

/// Where the application is, or why this member may not go there. Strangers learn nothing: not even that it exists.
pub async fn open_application(request: Working, application: String) -> Result<Opening, Failure<NoRefusal>> {
    let application: ApplicationId = application.parse().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    // Also an application that does not exist asks the door, so that the signed-out are asked to sign in either way.
    let organization = store::find_organization_of(&mut tx, application).await?.unwrap_or_default();
    let allowed = access::require(&mut tx, &request, &organization, Action::SeeOverview).await?;

    let accessible = store::find_accessible(&mut tx, &allowed, application).await?;
    let decision = rules::may_open(allowed.held(), accessible.is_some());

    tx.commit().await?;
    match (decision, accessible) {
        (Ok(()), Some(accessible)) => Ok(Opening::At { address: accessible.address, name: accessible.name }),
        (Ok(()), None) => Err(Failure::NotFound),
        (Err(reason), _) => Ok(Opening::Refused {
            reason,
            organization: allowed.slug().to_string(),
            organization_name: allowed.organization_name().to_owned(),
        }),
    }
}
