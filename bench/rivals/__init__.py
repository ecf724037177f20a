"""Plain implementations of the same task, and other programs, to compare with."""
