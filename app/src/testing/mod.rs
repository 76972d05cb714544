//! A world for tests: organizations and people, not tables.
