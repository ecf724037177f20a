"""Shared parts of the tests: the program as a process, a reader of event streams, a browser."""
