"""Advice names what somebody cannot read, hear or see, and keeps quiet about its sound twin."""

from __future__ import annotations

import pytest

from elearn.core.markdown import scan
from elearn.coursepack.advice import advise, colours, prose, reading_level, wording
from elearn.coursepack.advice.drawing import MOST_WORK
from elearn.coursepack.fields import MarkdownText
from elearn.coursepack.folder import read_files
from elearn.coursepack.limits import Limits
from elearn.coursepack.problems import Report
from tests.coursepack.example import changed, example_files

LONG_ADDRESS = "https://perpustakaan.example/layanan/" + "a" * 20
FORTY_WORDS = "Buku lama perlu dirawat. " * 10

OFFICIALESE = {
    "id": """Dalam rangka meningkatkan kualitas penyelenggaraan pelayanan perpustakaan berbasis
inklusi sosial sebagaimana diamanatkan dalam ketentuan peraturan perundang-undangan yang berlaku,
pengelola perpustakaan diwajibkan melaksanakan penyusunan perencanaan kegiatan secara sistematis,
terukur, dan berkesinambungan dengan mempertimbangkan ketersediaan sumber daya manusia, sarana dan
prasarana, serta dukungan penganggaran dari pemerintah desa yang bersangkutan. Pelaksanaan kegiatan
dimaksud dilaksanakan melalui mekanisme koordinasi lintas sektoral dengan melibatkan seluruh
pemangku kepentingan terkait, termasuk namun tidak terbatas pada lembaga kemasyarakatan desa, satuan
pendidikan, dan organisasi kepemudaan, guna mewujudkan optimalisasi pemanfaatan perpustakaan sebagai
wahana pembelajaran sepanjang hayat bagi masyarakat. Setiap penyelenggara berkewajiban
mendokumentasikan seluruh tahapan pelaksanaan kegiatan serta menyampaikan laporan
pertanggungjawaban secara berkala kepada instansi yang berwenang.""",
    "en": """In order to enhance the quality of the provision of inclusive library services as
mandated by the applicable statutory regulations, library administrators are required to undertake
the preparation of activity plans in a systematic, measurable and sustainable manner, with due
consideration of the availability of human resources, facilities and infrastructure, as well as
budgetary support from the village administration concerned. The implementation of the
aforementioned activities shall be conducted through mechanisms of intersectoral coordination
involving all relevant stakeholders, including but not limited to community institutions,
educational establishments and youth organisations, with a view to the optimisation of the
utilisation of the library as a facility for lifelong learning.""",
}
PLAIN = {
    "id": "Pak Tahir menanam bawang. Bawangnya busuk di gudang. Ia bertanya kepada Melda.\n\n" * 10,
    "en": "Mr Tahir grows onions. They went bad in his shed. He asked Melda at the library.\n\n"
    * 10,
}


def advice_on(
    source: str = "", *, path: str = "01-a/01-b.id.md", drawing: str | None = None
) -> list[tuple[str, int]]:
    """Codes and lines of the advice on one lesson, or on one drawing."""
    report = Report(50)
    text = MarkdownText(path, 1, source, is_lesson=True)
    drawings = {} if drawing is None else {"media/a.svg": drawing.encode()}
    advise([(text, scan(source))], drawings, report)
    return [(problem.code, problem.line) for problem in report.sorted()]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("Baca [di sini](02-x.id.md).", "link-vague"),
        ("Read on [here](02-x.en.md).", "link-vague"),
        ("[**Klik di sini!**](02-x.id.md)", "link-vague"),
        (f"[{LONG_ADDRESS}](https://a.example)", "link-address"),
        (f"<{LONG_ADDRESS}>", "link-address"),
        ("![Gambar 1](../media/shelf.svg)", "alt-vague"),
        ("![image](../media/shelf.svg)", "alt-vague"),
        ("![shelf](../media/shelf.svg)", "alt-vague"),
        ("![shelf-final.svg](../media/rak.svg)", "alt-vague"),
        ("![IMG_2041](../media/rak.png)", "alt-vague"),
        ('![Rak di jendela](../media/rak.png "Rak di jendela")', "alt-caption"),
        (f"![{'rak ' * 101}](../media/rak.png)", "alt-long"),
        ("##", "heading-empty"),
        ("## ", "heading-empty"),
        ("| Debu | Kusam |\n| Cahaya | Pudar |", "table-no-head"),
        ("| Debu | Kusam |\n| | |", "table-no-head"),
        ("| Sebab | |\n|---|---|\n| Debu | Kusam |", "table-head-empty"),
        (FORTY_WORDS + "\n" + FORTY_WORDS + "\n" + FORTY_WORDS + "Semuanya.", "paragraph-long"),
        ("Kini SIMPAN SEMUA BERKAS ANDA dulu.", "capitals"),
        ("## CARA MERAWAT BUKU LAMA", "capitals"),
        ("Kolom wajib ditandai merah.", "colour-alone"),
        ("Buku lama bertanda warna hijau.", "colour-alone"),
        ("What you must fill in is marked in red.", "colour-alone"),
    ],
)
def test_what_does_not_reach_everybody_is_named_at_its_line(source, code):
    assert advice_on(f"Satu.\n\n{source}\n\nDua.") == [(code, 3)]


@pytest.mark.parametrize(
    "source",
    [
        "Baca [jadwal mingguan di sini](02-x.id.md).",
        "[https://a.example](https://a.example) <https://b.example>",
        "Tulis `[di sini](x)`, bukan alamatnya.",
        "![Rak di samping jendela](../media/rak-jendela.png 'Geser raknya.')",
        f"![{'rak ' * 99}](../media/rak.png)",
        "## Empat sebab",
        "| | Debu |\n|---|---|\n| Sebab | Jendela |",
        "| Isi dengan tangan |\n|---|\n| |",
        "| Satu baris |",
        "```\n| a | b |\n| c | d |\n##\n```",
        FORTY_WORDS * 2 + "\n\n" + FORTY_WORDS * 2,
        f"- {FORTY_WORDS * 2}\n- {FORTY_WORDS * 2}",
        "KTP, NPWP, SIM, BPJS, dan KK disimpan.",
        "Judulnya “PASAR KITA TUTUP TUJUH HARI” dan tidak ada sumbernya.",
        "Tekan tombol merah. Catat tanda merah di peta. She sat in red shoes.",
        "Kolom wajib ditandai merah dan bintang.",
        "What you must fill in is marked in red, with a star.",
    ],
)
def test_what_reaches_everybody_gets_no_advice(source):
    assert advice_on(f"Satu.\n\n{source}\n\nDua.") == []


def test_advice_on_a_text_in_a_yaml_file_points_into_that_file():
    line = "        - [ ] buku yang terkena sinar matahari"
    old = line.strip()
    files = changed("01-reading-room/module.yml", old, "- [ ] BUKU YANG KENA SINAR")
    course, problems = read_files(files)
    assert course is not None
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("01-reading-room/module.yml", 14, "capitals")
    ]


def test_advice_never_pushes_a_fault_out_of_the_list():
    shouts = "\n\n".join(["KAMI SEMUA SUDAH SIAP."] * 30)
    path = "01-reading-room/01-dust-and-light.id.md"
    files = changed(path, "## Empat penyebab", f"{shouts}\n\n## Empat penyebab")
    files["strange.txt"] = b""
    _, problems = read_files(files, Limits(problems=3))
    assert [p.code for p in problems if p.path == "strange.txt"] == ["file-unexpected"]


def test_advice_of_one_kind_ends_where_it_tells_nothing_new():
    assert len(advice_on("KAMI SEMUA SUDAH SIAP.\n\n" * 99)) == wording.MOST_OF_A_KIND


# Reading level


@pytest.mark.parametrize("language", ["id", "en"])
def test_officialese_is_too_hard_and_plain_words_are_not(language):
    path = f"01-a/01-b.{language}.md"
    hard = OFFICIALESE[language].replace("\n", " ")
    assert advice_on(f"## Satu\n\nDua.\n\n{hard}", path=path) == [("reading-level", 5)]
    assert advice_on(PLAIN[language], path=path) == []


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (" ".join(OFFICIALESE["id"].split()[: reading_level.LEAST_WORDS - 1]), "01-a/01-b.id.md"),
        (OFFICIALESE["id"], "01-a/01-b.jv.md"),
        (f"{PLAIN['id']}[^1]: " + OFFICIALESE["id"].replace("\n", " "), "01-a/01-b.id.md"),
        ("| Sebab |\n|---|\n| " + OFFICIALESE["id"].replace("\n", " ") + " |", "01-a/01-b.id.md"),
    ],
    ids=["too short to tell", "no formula for the language", "a footnote", "a table"],
)
def test_what_cannot_be_measured_gets_no_reading_level(source, path):
    assert advice_on(source, path=path) == []


def test_the_grade_is_the_formula_of_flesch_and_kincaid():
    """The cat sat on the mat: 6 words, 1 sentence, 6 syllables."""
    measure = reading_level.Measure(words=6, sentences=1, syllables=6)
    assert measure.grade(1.0) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert measure.grade(0.6) == pytest.approx(0.39 * 6 + 11.8 * 0.6 - 15.59)


def test_sentences_end_at_a_full_stop_and_at_the_end_of_a_block():
    blocks = prose.read(
        "Satu (dua). Pukul 15.00 tiga!\n\n- empat lima\n- enam.\n\n1. tujuh"
    ).paragraphs
    assert [block.line for block in blocks] == [1, 3, 4, 6]
    measure = reading_level.measure(blocks, "id")
    assert (measure.words, measure.sentences) == (8, 5)


@pytest.mark.parametrize(
    ("language", "words", "syllables"),
    [
        ("id", "buku perpustakaan masyarakat", 2 + 5 + 4),
        ("id", "pakai pulau sepoi daun air", 2 + 2 + 2 + 2 + 2),
        ("id", "Jum’at, “diska” 2026 buku-buku", 2 + 2 + 4),
        ("en", "use used uses table wanted boxes", 1 + 1 + 2 + 2 + 2 + 2),
        ("en", "the library’s shelves", 1 + 3 + 1),
        ("en", "make made time people", 1 + 1 + 1 + 2),
    ],
)
def test_syllables_are_counted_by_rule(language, words, syllables):
    letters = reading_level.small_letters(words)
    assert reading_level.SYLLABLES[language](letters) == syllables


# Drawings


def drawing(inside: str, width: int = 340) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 200">\n{inside}\n</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="9" y="50" fill="#c9b98a">pale</text>',
        '<text x="9" y="50" fill="#888">not dark enough</text>',
        '<rect width="340" height="200" fill="#333"/><text x="9" y="50">dark</text>',
        '<g fill="white"><text x="9" y="50">white on the page</text></g>',
        (
            '<circle cx="50" cy="50" r="40" fill="black"/><text x="50" y="50" text-anchor="middle" '
            'fill="#222">dark</text>'
        ),
        (
            '<g transform="translate(100 0)"><rect width="90" height="90" fill="navy"/></g>'
            '<text x="120" y="50">in</text>'
        ),
        '<text x="9" y="50" stroke="#000" paint-order="stroke">halo</text>',
        '<text x="9" y="50" fill="#999"><tspan>part</tspan></text>',
        '<text x="9" y="50" fill="rgb(150, 150, 150)" font-size="22">large, not enough</text>',
        f'<text x="9" y="50" fill="#999">{"letters " * 4_000}<tspan/>and more</text>',
    ],
)
def test_letters_too_pale_for_their_ground_are_named(inside):
    assert advice_on(drawing=drawing(inside)) == [("svg-contrast", 2)]


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="9" y="50">black on the page</text>',
        '<rect width="340" height="200" fill="#333"/><text x="9" y="50" fill="#fff">white</text>',
        (
            '<circle cx="50" cy="50" r="40" fill="black"/><text x="50" y="50" text-anchor="middle" '
            'fill="#fff">in</text>'
        ),
        '<circle cx="50" cy="50" r="40" fill="black"/><text x="12" y="20">/</text>',
        '<text x="9" y="50" fill="#888" font-size="24">large</text>',
        '<text x="9" y="50" fill="#888" font-size="19" font-weight="700">bold</text>',
        '<g aria-hidden="true"><text x="9" y="50" fill="#eee">a bad example</text></g>',
        '<rect width="340" height="200" fill="url(#g)"/><text x="9" y="50" fill="#eee">maybe</text>',
        '<path d="M0 0h340v100a9 9 0 0 1 -9 9H0z"/><text x="9" y="50" fill="#eee">maybe</text>',
        '<path d="M0 0 L9 9e1"/><text x="9" y="50" fill="#eee">maybe</text>',
        '<polygon points="0,0 340,0 340,200"/><text x="9" y="50" fill="#eee">maybe</text>',
        (
            '<line x1="0" y1="45" x2="340" y2="45" stroke="#000" stroke-width="30"/>'
            '<text x="9" y="50" fill="#eee">maybe</text>'
        ),
        '<rect width="2em" height="9" fill="#000"/><text x="9" y="50" fill="#eee">maybe</text>',
        '<text x="9" y="50" fill="#eee" opacity="0.9">maybe</text>',
        '<text x="9" y="50" fill="tomato">maybe</text>',
        '<text x="" y="50" fill="#eee">maybe</text>',
        '<text transform="rotate(90)" x="9" y="50" fill="#eee">maybe</text>',
        '<text transform="translate(1.2.3)" x="9" y="50" fill="#eee">maybe</text>',
        (
            '<g transform="rotate(9)"><g transform="translate(1 2)"><rect width="9" height="9"/>'
            '</g></g><text x="9" y="50" fill="#eee">maybe</text>'
        ),
        '<circle cx="9" cy="50" r="0"/><text x="9" y="50" fill="#eee">maybe</text>',
        '<path d=""/><text x="9" y="50" fill="#eee">maybe</text>',
        '<defs><text x="9" y="50" fill="#eee">not drawn</text></defs>',
    ],
)
def test_letters_that_are_dark_enough_or_cannot_be_judged_get_no_advice(inside):
    assert advice_on(drawing=drawing(inside)) == []


@pytest.mark.parametrize(
    ("width", "size", "codes"),
    [
        (340, "11", [("svg-letters", 2)]),
        (340, "12px", []),
        (720, "20", [("svg-letters", 2)]),
        (720, "24", []),
        (340, "0.5em", []),
    ],
)
def test_letters_are_measured_as_a_phone_shows_them(width, size, codes):
    """Of several that are too small, the smallest is named."""
    larger = f'<text x="9" y="80" font-size="{width / 10}">b</text>'
    small = f'<text x="9" y="50" font-size="{size}">a</text>'
    assert advice_on(drawing=drawing(small + larger, width)) == codes


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "white", 21.0), ("#777777", "#fff", 4.48), ("rgb(0,0,255)", "white", 8.59)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    first, second = colours.colour_of(one), colours.colour_of(other)
    assert first is not None
    assert second is not None
    assert colours.contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(second, first) == pytest.approx(ratio, abs=0.01)


def test_a_drawing_made_to_be_slow_is_left_alone():
    pale = '<text x="9" y="50" fill="#eee">pale</text>'
    assert advice_on(drawing=drawing("<g/>" * MOST_WORK + pale)) == []
    assert advice_on(drawing=drawing(f'<path d="M0 0{"h1" * MOST_WORK * 6}"/>' + pale)) == []


def test_the_example_course_gets_no_advice():
    _, problems = read_files(example_files())
    assert problems == ()
