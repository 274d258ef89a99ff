//! Holds the comparison with another cloud's checks against the rules there are.
