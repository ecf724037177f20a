"""The shelf of curves: single requests, or sums of buckets, as series."""
