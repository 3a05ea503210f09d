"""What changes in the supervisor's office."""

from elearn.supervision.service.privacy import forget, personal_data

__all__ = ["forget", "personal_data"]
