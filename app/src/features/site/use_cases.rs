//! Reading who looks at a page.

use super::model::{Viewer, ViewerPerson};
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::platform::request::Working;

/// Who looks at the page with this path.
pub async fn read_viewer(request: Working, path: String) -> Result<Viewer, Failure<NoRefusal>> {
    let state = request.state();
    let has_development_mailbox = state.settings.has_development_mailbox();
    let Some(session) = request.session() else {
        return Ok(Viewer { person: None, has_development_mailbox });
    };

    let person = store::find_looking(&state.pool, &session, &state.settings).await?.map(|looking| {
        let current = rules::current_organization(&path, looking.last_opened.as_deref(), &looking.organizations);
        ViewerPerson {
            current: current.map(|current| current.slug.clone()),
            name: looking.name,
            email: looking.email,
            organizations: looking.organizations,
            factor_is_owed: looking.factor_is_owed,
        }
    });
    Ok(Viewer { person, has_development_mailbox })
}
