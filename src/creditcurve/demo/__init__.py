"""The demo: the program on a simulated site, as a command or below the page of an instance."""
