//! The report: the published tables as pages that open from the file system without a network.
