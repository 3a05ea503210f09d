"""Completion records: issued, signed, held, and verified by anybody."""
