"""What tests share: the program as a process of its own, a reader of event streams, a browser."""
