"""The site by hand: the library tree, its people and their roles, the office's rules."""
