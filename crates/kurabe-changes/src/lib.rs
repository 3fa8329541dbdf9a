//! What changed between two published datasets, and which version number follows from it.
