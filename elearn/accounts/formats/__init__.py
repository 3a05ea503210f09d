"""Lists that offices keep in a spreadsheet, as bytes."""
