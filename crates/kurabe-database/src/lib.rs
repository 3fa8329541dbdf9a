//! The published tables in databases: PostgreSQL, DuckDB, SQLite.
