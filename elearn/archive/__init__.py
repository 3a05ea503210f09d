"""Backup and restore: a whole site as one portable file (docs/decisions/008-backup-archive.md)."""
