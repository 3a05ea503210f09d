"""Studying: home, catalogue, lessons, enrolment and progress."""
