//! Reading the own account.

use super::model::Account;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::people;
use crate::features::permissions::access;
use crate::platform::request::Working;

/// One's own account.
pub async fn read_account(request: Working) -> Result<Account, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, &request).await?;

    let person = people::get(&mut reading, signed_in.user).await?;

    Ok(Account {
        first_name: person.first_name,
        last_name: person.last_name,
        username: person.username,
        email: person.email.as_str().to_owned(),
        has_factor: signed_in.has_factor,
        factor_is_owed: signed_in.factor_is_owed,
    })
}
