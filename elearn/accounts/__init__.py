"""People, the library tree, organisers, and the ways in."""
