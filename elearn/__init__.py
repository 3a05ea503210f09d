"""A self-paced e-learning site for the people who run libraries."""

__version__ = "0.1.0"
