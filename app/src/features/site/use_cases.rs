//! Reading who looks at a page.

use super::model::{Viewer, ViewerPerson};
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::platform::incidents::Fault;
use crate::platform::request::Working;

/// Who looks at the page with this path.
pub async fn read_viewer(request: Working, path: String) -> Result<Viewer, Failure<NoRefusal>> {
    let state = request.state();
    let has_development_mailbox = state.settings.has_development_mailbox();
    let Some(session) = request.session() else {
        return Ok(Viewer { person: None, has_development_mailbox });
    };

    let looking = store::find_looking(&state.pool, &session, &state.settings).await?;
    let person = looking.map(|looking| {
        let current = rules::current_organization(&path, looking.last_opened.as_deref(), &looking.organizations);
        let mark = state.keys.person_mark(looking.user.as_uuid())?;
        Ok::<_, Fault>(ViewerPerson {
            mark,
            current: current.map(|current| current.slug.clone()),
            name: looking.name,
            email: looking.email,
            organizations: looking.organizations,
            factor_is_owed: looking.factor_is_owed,
        })
    });
    Ok(Viewer { person: person.transpose()?, has_development_mailbox })
}
