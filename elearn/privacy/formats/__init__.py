"""What is kept of a person as bytes for her."""
