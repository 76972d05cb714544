//! Proving once more who one is.

use super::model::ProofFields;
use super::refusal::ProofRefusal;
use crate::failure::{Failure, NoRefusal, Refusal};
use crate::features::auth::password::{self, OVERLOAD_WAIT_SECONDS, Proof};
use crate::features::auth::{codes, sessions};
use crate::features::permissions::access::{self, SignedIn};
use crate::platform::request::Working;
use crate::values::ids::UserId;

/// Does `work` for somebody whose last proof is recent, or who proves password and code now. A new proof is noted once the work is
/// done, under a new token: the request's own cookie is worth nothing afterwards.
pub async fn with_proof<T, R, Work>(request: &Working, proof: &ProofFields, work: Work) -> Result<T, Failure<R>>
where
    R: Refusal + From<ProofRefusal>,
    Work: Future<Output = Result<T, Failure<R>>>,
{
    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, request).await?;
    drop(reading);
    if has_recent_proof(&signed_in) {
        return work.await;
    }

    prove(request, proof).await.map_err(|failure| failure.map_refusals(R::from))?;
    let done = work.await?;
    // What was done stands, whatever becomes of the proof: at worst it is asked for again.
    if let Err(failure) = keep(request).await {
        tracing::warn!(%failure, "a proof was not kept");
    }
    Ok(done)
}

/// Proves password and, where a factor is set up, code, however recent the last proof is (S-13).
pub async fn prove(request: &Working, proof: &ProofFields) -> Result<(), Failure<ProofRefusal>> {
    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, request).await?;
    drop(reading);

    let mut refusals = Vec::new();
    if proof.password.is_empty() {
        refusals.push(ProofRefusal::NoPassword);
    }
    let code = signed_in.has_factor.then(|| codes::rules::read_code(&proof.code)).transpose().unwrap_or_else(|refusal| {
        refusals.push(refusal.into());
        None
    });
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    prove_password(request, signed_in.user, &proof.password).await?;
    match code {
        Some(code) => codes::prove(request, signed_in.user, code).await,
        None => Ok(()),
    }
}

/// Proves the password alone, for whoever has no factor yet.
pub async fn prove_password(request: &Working, user: UserId, typed: &str) -> Result<(), Failure<ProofRefusal>> {
    if typed.is_empty() {
        return Err(ProofRefusal::NoPassword.into());
    }
    match password::prove_own(request, user, typed).await? {
        Proof::Right => Ok(()),
        Proof::Wrong => Err(ProofRefusal::WrongPassword.into()),
        Proof::Overloaded => Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
    }
}

/// Whether the session's last proof is recent enough to change what protects the account.
pub fn has_recent_proof(signed_in: &SignedIn) -> bool {
    sessions::rules::is_recent_proof(signed_in.proved_at, signed_in.now)
}

/// Notes a proof in the session, under a new token.
async fn keep(request: &Working) -> Result<(), Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, request).await?;
    if !sessions::prove_again(&mut tx, request, signed_in.session, signed_in.now).await? {
        return Err(Failure::SignedOut);
    }
    tx.commit().await?;
    Ok(())
}
