"""A complete invented site: a tree, people, a published course, progress, records."""
