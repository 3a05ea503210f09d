"""Our data as text."""
