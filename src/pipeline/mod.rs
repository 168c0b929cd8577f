//! Strings the stages together: the one place that sees them all.
