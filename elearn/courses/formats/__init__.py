"""A course as bytes for others: HTML for readers."""
