"""What a new lesson begins with: the shape of our lessons, with a prompt under each heading.

The shape is the one of the courses in `courses/`: a situation, what to know, how to do it, an
example, something small to do today, one thing to remember.
"""

from elearn.coursepack.yamledit import Data, update_front

MINUTES = 12

_INDONESIAN = """\
## Sebuah kejadian di perpustakaan

*Ceritakan dalam tiga sampai lima kalimat: siapa, di mana, apa yang terjadi.
Ganti judul ini dengan kata-kata dari ceritanya.*

## Yang perlu diketahui

*Dua atau tiga hal saja, dengan kata sehari-hari.
Tulis dari mana Anda mengetahuinya di kolom “Sumber”.*

## Caranya

1. *Langkah pertama: apa yang dilakukan, dan bagaimana tahu bahwa langkah ini berhasil.*
2. *Langkah kedua.*
3. *Langkah ketiga.*

## Contoh

*Kembali ke kejadian tadi: bagaimana langkah-langkah itu dilakukan di sana?*

## Lakukan hari ini

- [ ] *Satu hal kecil yang selesai dalam lima belas menit dengan alat yang ada.*

!!! note "Ingat"
    *Satu kalimat yang sebaiknya tidak dilupakan.*
"""

_ENGLISH = """\
## Something that happened in a library

*Tell it in three to five sentences: who, where, what happened.
Put words of the story into this heading.*

## What to know

*Two or three things, in everyday words. Say where you know them from in the field “Sources”.*

## How to do it

1. *The first step: what to do, and how one sees that it worked.*
2. *The second step.*
3. *The third step.*

## Example

*Back to what happened: how were these steps taken there?*

## Do this today

- [ ] *One small thing that is done in fifteen minutes with what is at hand.*

!!! note "Remember"
    *One sentence that should not be forgotten.*
"""


def prompts(language: str) -> str:
    """The Markdown that a lesson in this language begins with."""
    return _INDONESIAN if language == "id" else _ENGLISH


_PROMPTS = frozenset(
    line for text in (_INDONESIAN, _ENGLISH) for line in text.splitlines() if "*" in line
)


def prompt_left(body: str) -> int | None:
    """The first line of a text that is still one of our prompts, counted from 1."""
    lines = enumerate(body.splitlines(), 1)
    return next((number for number, line in lines if line.rstrip() in _PROMPTS), None)


def new_lesson(title: str, language: str) -> bytes:
    """The file of a lesson that has nothing yet but its title, in the course's first language."""
    fields: dict[str, Data] = {"title": title, "minutes": MINUTES, "edition": 1}
    return update_front("", fields, prompts(language)).encode()
