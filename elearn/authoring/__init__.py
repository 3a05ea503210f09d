"""Authoring: drafts, their editors, review and publishing."""
