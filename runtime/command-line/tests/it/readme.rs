//! The README of the command line.
