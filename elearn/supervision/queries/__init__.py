"""Reading for those who oversee many."""
