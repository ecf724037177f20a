"""The files that records are exported to and imported from."""
