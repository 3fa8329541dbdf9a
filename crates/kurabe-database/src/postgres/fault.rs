//! What the server says, as an error that tells what to do.

use std::error::Error as _;

use postgres::Error;
use postgres::error::{DbError, SqlState};

use crate::DatabaseError;

/// An error while connecting.
pub(super) fn of_connection(server: &str, error: &Error) -> DatabaseError {
    let server = server.to_owned();
    if let Some(told) = error.as_db_error() {
        let code = told.code();
        return if *code == SqlState::INVALID_PASSWORD
            || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION
        {
            DatabaseError::Refused { server }
        } else if *code == SqlState::INVALID_CATALOG_NAME {
            DatabaseError::DatabaseMissing { server }
        } else {
            DatabaseError::Unreachable {
                server,
                detail: told.message().to_owned(),
            }
        };
    }
    let (words, detail) = (error.to_string(), cause(error));
    if words.contains("TLS") {
        DatabaseError::Tls { server, detail }
    } else if words.contains("configuration") || words.contains("authentication") {
        // The driver misses a user or a password, or knows no way to prove it.
        DatabaseError::Refused { server }
    } else {
        DatabaseError::Unreachable { server, detail }
    }
}

/// An error while loading.
pub(super) fn of_loading(server: &str, schema: &str, error: &Error) -> DatabaseError {
    match error.as_db_error() {
        Some(told) => of_server(schema, told),
        None => DatabaseError::Lost {
            server: server.to_owned(),
            detail: cause(error),
        },
    }
}

fn of_server(schema: &str, told: &DbError) -> DatabaseError {
    let detail = told.message().to_owned();
    let schema = schema.to_owned();
    let code = told.code();
    if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        DatabaseError::NotAllowed { schema, detail }
    } else if *code == SqlState::LOCK_NOT_AVAILABLE {
        DatabaseError::Held { schema }
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        DatabaseError::StillReferenced { detail }
    } else if *code == SqlState::UNTRANSLATABLE_CHARACTER
        || *code == SqlState::CHARACTER_NOT_IN_REPERTOIRE
    {
        DatabaseError::Encoding { detail }
    } else if *code == SqlState::INVALID_TABLE_DEFINITION
        || *code == SqlState::DEPENDENT_OBJECTS_STILL_EXIST
    {
        DatabaseError::Incompatible {
            schema,
            changes: detail,
            dependents: String::new(),
        }
    } else {
        DatabaseError::Server {
            code: code.code().to_owned(),
            detail,
        }
    }
}

/// The innermost cause.
fn cause(error: &Error) -> String {
    let mut words = error.to_string();
    let mut inner = error.source();
    while let Some(next) = inner {
        words = next.to_string();
        inner = next.source();
    }
    words
}
