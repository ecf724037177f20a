"""The formats that browsers and tools use to copy cookies."""
