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
    let mut reading = request.reading().await?;
    let wanted = store::find_wanted(&mut reading, application, request.session().as_ref()).await?;
    // Also an application that does not exist asks the door, so that the signed-out are asked to sign in either way.
    let organization = wanted.as_ref().map_or("", |wanted| wanted.organization.as_str());
    let allowed = access::require(&mut reading, &request, organization, Action::SeeOverview).await?;

    let accessible = wanted.filter(|wanted| wanted.is_accessible);
    let decision = rules::may_open(allowed.held(), accessible.is_some());
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
