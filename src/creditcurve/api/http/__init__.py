"""What all calls share: validation, problems, access, the document."""
