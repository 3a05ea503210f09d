"""Sums by library or district. Whoever reads them may open each person below them, too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sums:
    """What people of one group did. A person counts once: in one group and in one state."""

    people: int = 0
    finished: int = 0  # state finished
    running: int = 0  # state running
    stuck: int = 0  # state stuck, begun or not

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            people=self.people + other.people,
            finished=self.finished + other.finished,
            running=self.running + other.running,
            stuck=self.stuck + other.stuck,
        )
