//! Reading about oneself.

use super::model::{Account, Viewer, ViewerPerson};
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::people;
use crate::features::permissions::access;
use crate::platform::request::Working;

/// Who looks at the page with this path.
pub(super) async fn read_viewer(request: Working, path: String) -> Result<Viewer, Failure<NoRefusal>> {
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

/// One's own account.
pub(super) async fn read_account(request: Working) -> Result<Account, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;

    let person = people::get(&mut tx, signed_in.user).await?;

    tx.commit().await?;
    Ok(Account {
        first_name: person.first_name,
        last_name: person.last_name,
        username: person.username,
        email: person.email.as_str().to_owned(),
        has_factor: signed_in.has_factor,
        factor_is_owed: signed_in.factor_is_owed,
    })
}
