"""What all calls share: checking, problems, access."""
