"""What administrators do over several rooms at once."""

from elearn.admin.service.merging import merge, unmerge

__all__ = ["merge", "unmerge"]
