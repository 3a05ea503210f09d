"""The course folder as a pure library: read it, check it, write it."""
