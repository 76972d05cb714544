//! The part of a form that asks for a proof.

mod proof_inputs;

pub use proof_inputs::ProofInputs;
