"""The formats in which browsers and tools copy cookies."""
