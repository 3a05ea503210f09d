"""One question of each kind, as plain data of quiz.yml, and what reading a bank back must give."""

from decimal import Decimal


def question(kind, **more):
    return {
        "key": f"a-{kind}",
        "edition": 1,
        "kind": kind,
        "pool": "quiz",
        "lesson": "dust-and-light",
        "text": {"en": "What **lifts** dust: a cloth?"},
        **more,
    }


def en(text):
    return {"en": text}


SINGLE = question(
    "single",
    options=[
        {"right": en("A *damp* cloth"), "feedback": en("It lifts dust = true.")},
        {"wrong": en("A feather duster ~ new")},
        {"wrong": en("{#} `x`"), "feedback": en("No.")},
        {"wrong": en("[html] is a tag"), "feedback": en("[plain] no")},
        {"wrong": en("%50% of it")},
    ],
)
SEVERAL = question(
    "several",
    points=3,
    feedback=en("Two lines:\n\n- one\n- two"),
    options=[
        {"right": en("Dust")},
        {"right": en("Light"), "feedback": en("Yes.")},
        {"right": en("Water")},
        {"wrong": en("A cover")},
    ],
)
TRUE_FALSE = question("true-false", answer=False, if_true=en("The sun fades covers."))
ORDERING = question(
    "ordering",
    feedback=en("Divide first."),
    items=[en("Divide"), en("Name"), en("Care")],
)
MATCHING = question(
    "matching",
    feedback=en("See the table."),
    pairs=[
        {"left": en("**Dust**"), "right": en("Dull pages")},
        {"left": en("Light"), "right": en("Faded cover")},
    ],
    extra=[en("Torn pages")],
)
TEXT = question(
    "text", feedback=en("The plan."), accepted=["plan", "5 * 3", "C:\\temp", "[html] 50%", "%5%"]
)
NUMBER = question(
    "number",
    feedback=en("Five."),
    answer=Decimal("-2.5"),
    tolerance=Decimal("0.125"),
    unit=en("parts"),
)
ALL = [SINGLE, SEVERAL, TRUE_FALSE, ORDERING, MATCHING, TEXT, NUMBER]


def in_one(value, language):
    """Data in one language, ends of texts trimmed: what a file in that language can hold."""
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            return {language: value[language].strip()}
        return {name: in_one(item, language) for name, item in value.items()}
    if isinstance(value, list):
        return [in_one(item, language) for item in value]
    return Decimal(str(value)) if isinstance(value, float) else value


def codes(faults):
    return [fault.code for fault in faults]
