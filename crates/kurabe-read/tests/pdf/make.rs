//! Makes small PDF files.
