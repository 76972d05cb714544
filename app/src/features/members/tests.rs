//! Use cases of members against a real database.
