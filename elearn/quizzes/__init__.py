"""Quizzes: attempts, saved answers, grading, review."""
