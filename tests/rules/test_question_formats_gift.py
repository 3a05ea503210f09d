"""GIFT as teachers write it: every construct of Moodle's description, and the slips people make."""

from decimal import Decimal

import pytest

from elearn.authoring.formats import gift
from tests.rules.question_samples import codes


def read_one(text):
    (row,) = gift.read(text, "id").rows
    return row


def told(data, name):
    """The options, items or pairs of a question in a short form."""
    if name == "options":
        return [
            ("right" if "right" in option else "wrong", *(part["id"] for part in option.values()))
            for option in data["options"]
        ]
    return [(pair["left"]["id"], pair["right"]["id"]) for pair in data["pairs"]]


@pytest.mark.parametrize(
    ("text", "kind", "options"),
    [
        (
            "Apa yang mengangkat debu? {=Kain lembap#Benar. ~Kemoceng#Hanya memindahkan. ~Kipas}",
            "single",
            [("right", "Kain lembap", "Benar."), ("wrong", "Kemoceng", "Hanya memindahkan."), ("wrong", "Kipas")],
        ),
        (
            "Mana yang merusak buku? {\n  ~%50%Debu\n  ~%50%Cahaya\n  ~%-50%Sampul plastik\n}",
            "several",
            [("right", "Debu"), ("right", "Cahaya"), ("wrong", "Sampul plastik")],
        ),
        ("Pilih. {~ satu ~= dua}", "single", [("wrong", "satu"), ("right", "dua")]),
        ("Pilih. {~%100%satu ~%-100%dua}", "several", [("right", "satu"), ("wrong", "dua")]),
        ("Buku disimpan {~di lantai =di rak} dengan tegak.", "single", [("wrong", "di lantai"), ("right", "di rak")]),
        (r"Apa isi ini? {=f(x) \= \{1\} \~ \#2 ~a\:b}", "single", [("right", "f(x) = {1} ~ #2"), ("wrong", "a:b")]),
    ],
)  # fmt: skip
def test_options(text, kind, options):
    row = read_one(text)
    assert (row.faults, row.notes) == ((), ())
    assert (row.data["kind"], told(row.data, "options")) == (kind, options)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Matahari baik untuk buku. {F}", {"answer": False}),
        ("Matahari baik untuk buku. {TRUE}", {"answer": True}),
        (
            "Matahari baik. {FALSE#Matahari memudarkan.#Tepat.####Lihat pelajaran.}",
            {"answer": False, "if_true": {"id": "Matahari memudarkan."}, "if_false": {"id": "Tepat."}, "feedback": {"id": "Lihat pelajaran."}},
        ),
        ("Matahari baik. {T#Keliru.}", {"answer": True, "if_false": {"id": "Keliru."}}),
        ("Siapa yang merawat? {=pustakawan =petugas =%100%Pengelola}", {"accepted": ["pustakawan", "petugas", "Pengelola"]}),
        ("Siapa yang merawat? {pustakawan}", {"accepted": ["pustakawan"]}),
        (r"Tanda apa? {=\* ####Bintang.}", {"accepted": ["*"], "feedback": {"id": "Bintang."}}),
        ("Berapa? {#5}", {"answer": 5, "tolerance": 0}),
        ("Berapa? {#3.25:0.5#Tiga lebih.}", {"answer": Decimal("3.25"), "tolerance": Decimal("0.5"), "feedback": {"id": "Tiga lebih."}}),
        ("Berapa? {#1..5}", {"answer": 3, "tolerance": 2}),
        ("Berapa? {#-2,5:,5}", {"answer": Decimal("-2.5"), "tolerance": Decimal("0.5")}),
        ("Berapa? {#\n=%100%1822:0#Tepat.\n}", {"answer": 1822, "feedback": {"id": "Tepat."}}),
    ],
)  # fmt: skip
def test_answers_that_are_typed_or_judged(text, fields):
    data = read_one(text).data
    assert {name: data[name] for name in fields} == fields


def test_pairs_and_what_fits_nothing():
    row = read_one(
        "Pasangkan.\n{\n =Debu -> Halaman kusam\n\n =Cahaya -> Sampul pudar\n = -> Sobek\n}"
    )
    assert told(row.data, "pairs") == [("Debu", "Halaman kusam"), ("Cahaya", "Sampul pudar")]
    assert row.data["extra"] == [{"id": "Sobek"}]
    assert codes(row.notes) == ["feedback-open"]


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("Apa **ini**?", r"Apa \*\*ini\*\*?"),
        ("[markdown]Apa **ini**?", "Apa **ini**?"),
        ("[html]<p>Apa <b>ini</b>?</p><ul><li>a</li></ul>", "Apa **ini**?\n\n- a"),
        ("[plain]Apa <b>ini</b>?", "Apa &lt;b>ini&lt;/b>?"),
        ("Apa <b>ini</b>?", "Apa **ini**?"),
        (r"[markdown]Satu.\n\nDua.", "Satu.\n\nDua."),
        ("[markdown]Satu.\n// bukan bagian soal\nDua.", "Satu.\nDua."),
    ],
)
def test_the_text_is_markdown_whatever_it_was(written, markdown):
    assert read_one(f"{written}{{T}}").data["text"]["id"] == markdown


def test_missing_words_leave_a_gap():
    text = read_one("[markdown]Debu {=diangkat ~disapu} dengan kain.").data["text"]["id"]
    assert text == r"Debu \_\_\_\_\_ dengan kain."


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("::angkat-debu::Apa?{T}", "angkat-debu", "angkat-debu"),
        ("::Soal 1\\: debu::Apa?{T}", "Soal 1: debu", "soal-1-debu"),
        ("Apa yang mengangkat debu?{T}", "Apa yang mengangkat debu?", "apa-yang-mengangkat-debu"),
    ],
)
def test_a_name_gives_the_key(text, name, key):
    row = read_one(text)
    assert (row.name, row.data["key"]) == (name, key)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ceritakan. {}", "kind-not-ours"),
        ("Ceritakan. {####Terima kasih.}", "kind-not-ours"),
        ("Bacalah teks ini dulu.", "kind-not-ours"),
        ("Apa? {=a ~b", "gift-braces"),
        ("Apa? =a ~b}", "gift-braces"),
        ("Satu? {T}\nDua? {F}", "gift-two-questions"),
        ("Pasangkan {=a -> b =c}", "gift-pair"),
        ("Pilih {=a =b ~c}", "single-many-right"),
        ("Pilih {~a ~b}", "question-no-right"),
        ("Pilih {=a ~a}", "choice-twice"),
        ("Pilih {" + "=a" + "~b" * 8 + "}", "list-count"),
        ("Pilih {" + "~b" * 300 + "}", "answers-many"),
        ("Berapa? {#lima}", "number-wrong"),
        ("Berapa? {#1e99}", "value-number"),
        ("Berapa? {#=1 =2}", "numbers-several"),
        ("Siapa? {=%0%a}", "answers-none"),
        ("Siapa? {=a*}", "answers-none"),
        ("{T}", "text-empty"),
        ("[markdown]a\x07b {T}", "text-control"),
        ("x" * 2_001 + "{T}", "text-long"),
        ("x" * 100_001 + "{T}", "question-text-long"),
    ],
)
def test_what_cannot_be_a_question_says_why(text, code):
    row = read_one(text)
    assert row.data is None
    assert code in codes(row.faults)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pilih {=a ~%50%b ~c}", "part-points-left"),
        ("Pilih {~%70%a ~%30%b ~c}", "points-our-rule"),
        ("Siapa? {=a =%50%b ####x}", "part-points-left"),
        ("Siapa? {=a =b* ####x}", "wildcard-left"),
        ("Siapa? {=a#ya =b#juga ####x}", "feedback-left"),
        ("Berapa? {#5 ~#Bukan. ####x}", "feedback-left"),
        ("Berapa? {#5}", "feedback-open"),
    ],
)
def test_what_changes_on_the_way_is_noted(text, code):
    row = read_one(text)
    assert codes(row.notes) == [code]
    assert row.data is not None


def test_blank_lines_between_braces_do_not_part_a_question():
    (row, other) = gift.read("Apa?\n{=a\n\n~b\n\n~c}\n\nB{T}", "id").rows
    assert [next(iter(one)) for one in row.data["options"]] == ["right", "wrong", "wrong"]
    assert other.name == "B"


def test_a_bad_question_does_not_hide_its_neighbours():
    reading = gift.read("// Bank\r\n$CATEGORY: Debu/1\r\n\r\nA{T}\r\n\r\nB{\r\n\r\nC{F}\r\n", "id")
    assert [(row.number, row.name, codes(row.faults)) for row in reading.rows] == [
        (1, "A", []),
        (2, "B", ["gift-braces"]),
        (3, "C", []),
    ]
    assert [(note.code, note.values) for note in reading.notes] == [
        ("categories-left", {"count": 1})
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_come_in_unicode(encoding):
    (row,) = gift.read_file("Café “baik”{T}".encode(encoding), "id").rows
    assert row.data["text"] == {"id": "Café “baik”"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Café{T}".encode("latin-1"), "table-not-text"),
        (b"\0\0{T}", "table-not-text"),
        (b"", "questions-none"),
        (b"// nothing\n", "questions-none"),
        (b"x{T}\n\n" * 400_000, "questions-too-long"),
    ],
)
def test_a_file_without_questions_says_why(content, code):
    reading = gift.read_file(content, "id")
    assert (reading.rows, codes(reading.faults)) == ((), [code])


def test_two_thousand_questions_are_read_and_no_more():
    reading = gift.read("{\n\n" * 2_500, "id")
    assert len(reading.rows) == 2_000
    assert codes(reading.faults) == ["questions-too-many"]
