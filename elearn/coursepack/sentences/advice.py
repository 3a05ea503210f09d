"""Advice: what is hard to read, to hear or to see."""

from __future__ import annotations

from elearn.coursepack.sentences.sentence import Sentence, both

ADVICE: dict[str, Sentence] = {
    "alt-caption": both(
        "Teks pengganti gambar {target} sama dengan keterangannya, jadi terdengar dua kali; "
        "tulislah apa yang terlihat.",
        "The alternative text of the image {target} repeats its caption, so it is heard twice; "
        "write what the image shows.",
    ),
    "alt-long": both(
        "Teks pengganti gambar {target} panjangnya {length} karakter, sebaiknya paling banyak "
        "{longest}; tulis intinya di situ dan rinciannya di dalam teks.",
        "The alternative text of the image {target} has {length} characters, better at most "
        "{longest}; write the gist there and the details in the text.",
    ),
    "alt-vague": both(
        'Teks pengganti "{text}" belum menjelaskan gambar {target}; tulislah apa yang terlihat.',
        'The alternative text "{text}" does not describe the image {target}; write what it shows.',
    ),
    "capitals": both(
        'Kata-kata "{text}" ditulis dengan huruf besar semua dan sulit dibaca; pakai huruf biasa, '
        "tebalkan bila penting.",
        'The words "{text}" are all capitals, which are hard to read; write them as usual, in bold '
        "where they matter.",
    ),
    "colour-alone": both(
        'Kata-kata "{text}" hanya menyebut warna; sebutkan juga kata, tanda, atau tempatnya untuk '
        "pembaca yang tidak melihat warna itu.",
        'The words "{text}" name a colour alone; name a word, a sign or a place, too, for readers '
        "who do not see the colour.",
    ),
    "heading-empty": both(
        "Judul bagian ini kosong; tulis judulnya atau hapus tanda #.",
        "This heading is empty; write its words or delete the #.",
    ),
    "link-address": both(
        "Tautan {text} menampilkan alamat yang panjang; tulis nama halamannya di dalam kurung "
        "siku.",
        "The link {text} shows a long address; write the name of the page between the square "
        "brackets.",
    ),
    "link-vague": both(
        'Tautan "{text}" tidak jelas bila dibaca tersendiri; tulis nama yang dituju.',
        'The link "{text}" says nothing when it is read alone; write what it leads to.',
    ),
    "paragraph-long": both(
        "Paragraf ini {count} kata, sebaiknya paling banyak {longest}; bagilah menjadi beberapa "
        "paragraf atau butir.",
        "This paragraph has {count} words, better at most {longest}; divide it into paragraphs or "
        "points.",
    ),
    "reading-level": both(
        "Pelajaran ini sesulit bacaan kelas {grade}, sasarannya kelas {target}: rata-rata {words} "
        "kata sekalimat. Mulailah dari paragraf ini: pecah kalimatnya dan pakai kata sehari-hari.",
        "This lesson is as hard as a text for grade {grade}, the target is grade {target}: on "
        "average {words} words a sentence. Begin with this paragraph: divide its sentences and use "
        "everyday words.",
    ),
    "svg-contrast": both(
        'Tulisan "{text}" dalam gambar ini kurang terlihat: kontrasnya {ratio} banding 1, paling '
        "sedikit {least}; gelapkan tulisannya atau terangkan latarnya, atau sebaliknya.",
        'The letters "{text}" in this drawing are hard to see: their contrast is {ratio} to 1, at '
        "least {least} is needed; make them darker or their ground lighter, or the other way "
        "round.",
    ),
    "svg-letters": both(
        'Tulisan "{text}" hanya setinggi {size} piksel pada layar selebar {width} piksel, paling '
        "sedikit {least}; besarkan hurufnya atau sempitkan gambarnya.",
        'The letters "{text}" are only {size} pixels on a screen of {width}, at least {least} are '
        "needed; make them larger or the drawing narrower.",
    ),
    "table-head-empty": both(
        "Kolom {column} tabel ini tidak punya judul; tulislah di baris pertama.",
        "Column {column} of this table has no heading; write one in the first row.",
    ),
    "table-no-head": both(
        "Tabel ini tidak punya baris judul, jadi tampil sebagai teks biasa; tulis judul kolom, "
        "lalu baris berisi --- di setiap kolom di bawahnya.",
        "This table has no row of headings, so it is shown as plain text; write headings, and "
        "below them a row with --- in each column.",
    ),
}
