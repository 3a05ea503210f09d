"""How large the country is."""

from dataclasses import dataclass, fields

# A country too small to have what is measured in it would be none: three time zones, some offices.
_LEAST = {"provinces": 3, "districts": 3, "libraries": 6}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows of each kind; the defaults are Indonesia's, with four enrolments a person."""

    provinces: int = 38
    districts: int = 514
    libraries: int = 10_000
    people: int = 50_000  # with those who oversee districts and provinces
    enrolments: int = 200_000
    retakes: int = 20_000  # of the enrolments: second runs after a completed first one
    events: int = 8_000_000  # some forty a run: fewer, and nobody would get to the end of a course
    attempts: int = 1_000_000
    records: int = 100_000
    activities: int = 60_000  # elsewhere: seminars and the like, a tenth still to be decided
    contacts: int = 20_000  # reminders that supervisors have noted

    def scaled(self, factor: float) -> "Sizes":
        """The same country, smaller or larger."""
        return Sizes(
            **{
                field.name: max(
                    _LEAST.get(field.name, 1), round(getattr(self, field.name) * factor)
                )
                for field in fields(self)
            }
        )
