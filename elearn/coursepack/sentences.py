"""The sentence of each problem in Indonesian and English: what is wrong, what to do.

Kept here, not in the catalogue of the pages, so that a course can be checked without the site.
Both languages of a code hold the same places in braces.
"""

from __future__ import annotations

from typing import TypedDict


class Sentence(TypedDict):
    id: str
    en: str


# What a reader may publish with; everything else stops a course.
WARNINGS = frozenset(
    {
        "alt-caption",
        "alt-long",
        "alt-vague",
        "capitals",
        "colour-alone",
        "heading-empty",
        "heading-skip",
        "heading-top",
        "html-shown",
        "jp-minutes",
        "link-address",
        "link-vague",
        "media-unused",
        "paragraph-long",
        "reading-level",
        "svg-contrast",
        "svg-letters",
        "table-head-empty",
        "table-no-head",
        "test-pool-unused",
        "translation-behind",
    }
)


def _both(indonesian: str, english: str) -> Sentence:
    return {"id": indonesian, "en": english}


FILES: dict[str, Sentence] = {
    "and-more": _both(
        "Masih ada {count} masalah lain. Perbaiki dulu yang di atas, lalu periksa lagi.",
        "There are {count} more problems. Fix those above first, then check again.",
    ),
    "archive-broken": _both(
        "Berkas zip ini rusak atau terpotong; buatlah ulang dari folder kursus.",
        "This zip file is broken or cut off; make it again from the course folder.",
    ),
    "archive-encrypted": _both(
        "Berkas ini dikunci dengan kata sandi; buatlah zip tanpa kata sandi.",
        "This file is locked with a password; make the zip without a password.",
    ),
    "archive-method": _both(
        "Cara pemampatan berkas ini tidak dikenal; buatlah zip biasa.",
        "This file is packed in an unknown way; make an ordinary zip.",
    ),
    "archive-nested": _both(
        "Ada arsip di dalam arsip; keluarkan isinya dan masukkan berkasnya langsung.",
        "There is an archive inside the archive; unpack it and put its files in directly.",
    ),
    "archive-ratio": _both(
        "Isi zip ini jauh lebih besar daripada ukuran zipnya; buatlah zip biasa dari folder "
        "kursus.",
        "What this zip holds is far larger than the zip itself; make an ordinary zip of the "
        "course folder.",
    ),
    "archive-twice": _both(
        "Berkas ini ada dua kali di dalam zip; sisakan satu.",
        "This file is in the zip twice; leave one of them.",
    ),
    "control-character": _both(
        "Ada karakter tak terlihat ({character}) yang tidak boleh dipakai; hapuslah dari baris "
        "ini.",
        "There is an invisible character ({character}) that is not allowed; delete it from this "
        "line.",
    ),
    "course-bytes": _both(
        "Kursus ini lebih besar dari {longest} MB; kecilkan gambarnya.",
        "This course is larger than {longest} MB; make its images smaller.",
    ),
    "course-files": _both(
        "Kursus ini berisi {count} berkas, paling banyak {longest}; keluarkan yang tidak perlu.",
        "This course has {count} files, at most {longest} are allowed; take out what is not "
        "needed.",
    ),
    "course-missing": _both(
        "Berkas course.yml tidak ada; setiap kursus dimulai dengan berkas itu.",
        "There is no course.yml; every course begins with that file.",
    ),
    "file-bytes": _both(
        "Berkas ini lebih besar dari {longest} MB; kecilkan.",
        "This file is larger than {longest} MB; make it smaller.",
    ),
    "file-link": _both(
        "Ini tautan ke berkas lain, bukan berkas; ganti dengan salinan berkasnya.",
        "This is a link to another file, not a file; replace it with a copy of the file.",
    ),
    "file-special": _both(
        "Ini bukan berkas biasa; keluarkan dari folder kursus.",
        "This is not an ordinary file; take it out of the course folder.",
    ),
    "file-unexpected": _both(
        "Berkas ini tidak punya tempat dalam kursus; hapus, ganti namanya, atau pindahkan (gambar "
        "ke folder media/).",
        "This file has no place in a course; delete, rename or move it (images go to media/).",
    ),
    "file-unreadable": _both(
        "Berkas ini tidak dapat dibaca ({reason}); periksa izinnya.",
        "This file cannot be read ({reason}); check its permissions.",
    ),
    "path-absolute": _both(
        "Nama berkas ini menunjuk ke tempat di luar kursus; buatlah zip dari folder kursus.",
        "This file name points outside the course; make the zip from the course folder.",
    ),
    "path-backslash": _both(
        "Nama berkas ini memuat garis miring terbalik; ganti namanya.",
        "This file name has a backslash; rename the file.",
    ),
    "path-clash": _both(
        "Nama ini sama dengan {other} pada komputer yang tidak membedakan huruf besar; ganti "
        "salah satunya.",
        "On computers that ignore capital letters this name is the same as {other}; rename one.",
    ),
    "path-deep": _both(
        "Berkas ini terlalu dalam di dalam folder; pindahkan ke atas.",
        "This file lies too deep in folders; move it up.",
    ),
    "path-encoding": _both(
        "Huruf dalam nama berkas ini tidak dapat dibaca; pakai huruf a-z, angka, titik, dan tanda "
        "hubung.",
        "The letters of this file name cannot be read; use a-z, digits, dots and hyphens.",
    ),
    "path-name": _both(
        "Nama ini memuat karakter yang tidak boleh; pakai huruf a-z, angka, titik, dan tanda "
        "hubung.",
        "This name has characters that are not allowed; use a-z, digits, dots and hyphens.",
    ),
    "path-outside": _both(
        'Nama berkas ini keluar dari kursus dengan ".."; buatlah zip dari folder kursus.',
        'This file name leaves the course by ".."; make the zip from the course folder.',
    ),
    "path-reserved": _both(
        "Nama ini dipakai Windows untuk hal lain; ganti namanya.",
        "Windows keeps this name for itself; rename the file.",
    ),
    "text-bytes": _both(
        "Teks ini lebih besar dari {longest} KB; bagilah menjadi beberapa pelajaran.",
        "This text is larger than {longest} KB; divide it into several lessons.",
    ),
    "text-encoding": _both(
        "Baris ini bukan teks UTF-8; simpan ulang berkasnya dengan pengodean UTF-8.",
        "This line is not UTF-8 text; save the file again with the encoding UTF-8.",
    ),
    "texts-bytes": _both(
        "Seluruh teks kursus ini lebih besar dari {longest} MB; bagilah menjadi beberapa kursus.",
        "All texts of this course are larger than {longest} MB; divide it into several courses.",
    ),
    "yaml-bytes": _both(
        "Sampai berkas ini, berkas .yml dan kepala pelajaran kursus terlalu besar; bagilah "
        "kursusnya.",
        "Up to this file the .yml files and lesson heads of the course are too large; divide the "
        "course.",
    ),
}

YAML: dict[str, Sentence] = {
    "yaml-alias": _both(
        "Tanda * di depan nilai memakai ulang bagian lain, dan itu tidak didukung; tulislah "
        "nilainya, dengan tanda kutip bila memang diawali *.",
        "A * before a value repeats another part, which is not supported; write the value itself, "
        "in quotes if it really begins with *.",
    ),
    "yaml-anchor": _both(
        "Tanda & di depan nilai memberi nama bagian ini, dan itu tidak didukung; hapuslah, atau "
        "pakai tanda kutip bila nilainya memang diawali &.",
        "A & before a value names this part, which is not supported; delete it, or use quotes if "
        "the value really begins with &.",
    ),
    "yaml-broken": _both(
        "Baris ini tidak dapat dibaca sebagai YAML; periksa jorokan, titik dua, dan tanda kutip "
        "({reason}).",
        "This line cannot be read as YAML; check indentation, colons and quotes ({reason}).",
    ),
    "yaml-depth": _both(
        "Bagian ini bersarang terlalu dalam; periksa jorokannya.",
        "This part is nested too deep; check its indentation.",
    ),
    "yaml-directive": _both(
        "Baris yang diawali % tidak didukung; hapuslah.",
        "A line that begins with % is not supported; delete it.",
    ),
    "yaml-documents": _both(
        "Berkas ini berisi dua dokumen yang dipisah ---; satukan.",
        "This file has two documents divided by ---; make them one.",
    ),
    "yaml-empty": _both(
        "Berkas ini kosong; isilah seperti contoh dalam panduan format kursus.",
        "This file is empty; fill it as the example in the course format guide shows.",
    ),
    "yaml-key": _both(
        "Nama isian harus satu kata biasa diikuti titik dua.",
        "The name of a field must be one plain word followed by a colon.",
    ),
    "yaml-key-twice": _both(
        "Isian {key} sudah ada di baris {first}; hapus salah satunya.",
        "The field {key} is already on line {first}; delete one of them.",
    ),
    "yaml-large": _both(
        "Sampai berkas ini kursus memuat terlalu banyak isian; bagilah kursusnya.",
        "Up to this file the course has too many fields; divide the course.",
    ),
    "yaml-merge": _both(
        "Tanda << menyalin isian lain, dan itu tidak didukung; tulislah isiannya.",
        "The mark << copies other fields, which is not supported; write the fields themselves.",
    ),
    "yaml-tag": _both(
        "Tanda ! di depan nilai tidak didukung; hapuslah, atau pakai tanda kutip bila nilainya "
        "memang diawali !.",
        "A ! before a value is not supported; delete it, or use quotes if the value really begins "
        "with !.",
    ),
}

VALUES: dict[str, Sentence] = {
    "call-code-form": _both(
        'call_code harus 2 sampai 6 huruf besar; isinya "{value}".',
        'call_code must be 2 to 6 capital letters; it is "{value}".',
    ),
    "format-unknown": _both(
        "Format kursus ini tidak dikenal; tulislah {key}: {known}.",
        "This course format is not known; write {key}: {known}.",
    ),
    "key-form": _both(
        "{key} hanya boleh memuat huruf kecil, angka, dan tanda hubung, paling panjang 60; isinya "
        '"{value}".',
        '{key} may only have small letters, digits and hyphens, 60 at most; it is "{value}".',
    ),
    "key-missing": _both(
        "Isian {key} belum ada; tambahkan di sini.",
        "The field {key} is missing; add it here.",
    ),
    "key-unknown": _both(
        "Isian {key} tidak dikenal di sini; yang dikenal: {known}.",
        "The field {key} is not known here; known are: {known}.",
    ),
    "key-unknown-near": _both(
        "Isian {key} tidak dikenal di sini; mungkin maksud Anda {near}.",
        "The field {key} is not known here; did you mean {near}?",
    ),
    "language-form": _both(
        'Bahasa ditulis dengan kodenya, misalnya id atau en; isinya "{value}".',
        'A language is written by its code, such as id or en; it is "{value}".',
    ),
    "language-twice": _both(
        "Bahasa {value} ditulis dua kali; hapus salah satunya.",
        "The language {value} is listed twice; delete one.",
    ),
    "language-unlisted": _both(
        "{key}: bahasa {language} tidak ada dalam daftar languages di course.yml; tambahkan di "
        "sana atau hapus teks ini.",
        "{key}: the language {language} is not in the list languages of course.yml; add it there "
        "or delete this text.",
    ),
    "list-count": _both(
        "{key} berisi {count} butir; harus {low} sampai {high}.",
        "{key} has {count} entries; it must have {low} to {high}.",
    ),
    "text-bidi": _both(
        "{key} memuat karakter tak terlihat yang membalik arah baca; ketik ulang teksnya.",
        "{key} has an invisible character that turns the reading direction; type the text again.",
    ),
    "text-comma": _both(
        '{key}: "{language}" bukan kode bahasa. Bila teksnya memuat koma, apit seluruh teks dengan '
        "tanda kutip.",
        '{key}: "{language}" is no language code. When a text has a comma, put quotation marks '
        "around the whole text.",
    ),
    "text-control": _both(
        "{key} memuat karakter tak terlihat yang tidak boleh dipakai; ketik ulang teksnya.",
        "{key} has an invisible character that is not allowed; type the text again.",
    ),
    "text-empty": _both("{key} masih kosong; isilah.", "{key} is empty; fill it in."),
    "text-inline-only": _both(
        "{key} tidak boleh memuat tautan atau gambar; taruh di teks soal.",
        "{key} may not have links or images; put them in the text of the question.",
    ),
    "text-languages": _both(
        "{key} harus ditulis per bahasa, misalnya {{{language}: ...}}.",
        "{key} must be written per language, for example {{{language}: ...}}.",
    ),
    "text-long": _both(
        "{key} panjangnya {length} karakter, paling panjang {longest}; ringkaskan.",
        "{key} has {length} characters, at most {longest} are allowed; make it shorter.",
    ),
    "translation-missing": _both(
        "{key} belum ada dalam bahasa {language}; tambahkan terjemahannya.",
        "{key} has no text in the language {language}; add the translation.",
    ),
    "value-choice": _both(
        '{key} harus salah satu dari: {allowed}; isinya "{value}".',
        '{key} must be one of: {allowed}; it is "{value}".',
    ),
    "value-fields": _both(
        "Di sini harus ada isian bernama, masing-masing dengan titik dua.",
        "Here there must be named fields, each with a colon.",
    ),
    "value-list": _both(
        "{key} harus berupa daftar: satu butir per baris, diawali tanda hubung.",
        "{key} must be a list: one entry a line, each begun with a hyphen.",
    ),
    "value-number": _both(
        "{key} harus bilangan, misalnya 180 atau 2.5 (dengan titik, tanpa tanda kutip).",
        "{key} must be a number, such as 180 or 2.5 (with a dot, without quotes).",
    ),
    "value-range": _both(
        "{key} harus {low} sampai {high}; isinya {value}.",
        "{key} must be {low} to {high}; it is {value}.",
    ),
    "value-text": _both(
        "{key} harus berupa satu teks.",
        "{key} must be one text.",
    ),
    "value-truth": _both(
        "{key} harus true (benar) atau false (salah), tanpa tanda kutip.",
        "{key} must be true or false, without quotes.",
    ),
    "value-whole": _both(
        "{key} harus bilangan bulat {low} sampai {high}, tanpa tanda kutip.",
        "{key} must be a whole number from {low} to {high}, without quotes.",
    ),
}

COURSE: dict[str, Sentence] = {
    "criterion-twice": _both(
        "{key} {value} sudah dipakai di baris {first}; beri kriteria ini nama lain.",
        "{key} {value} is already used on line {first}; give this criterion another.",
    ),
    "jp-minutes": _both(
        "Jumlah JP {jp} berarti {stated} menit, tetapi rencananya {planned} menit; selisihnya "
        "lebih dari 25 %. Periksa jp atau menitnya.",
        "{jp} JP mean {stated} minutes, but {planned} minutes are planned; they differ by more "
        "than 25 %. Check jp or the minutes.",
    ),
    "key-taken": _both(
        "Nama {key} sudah dipakai oleh {first}; nama harus berbeda dalam satu kursus.",
        "The key {key} is already taken by {first}; keys must differ within a course.",
    ),
    "lesson-empty": _both(
        "Pelajaran ini belum berisi teks; tulislah isinya di bawah baris --- kedua.",
        "This lesson has no text; write it below the second --- line.",
    ),
    "lesson-front": _both(
        "Pelajaran harus dimulai dengan baris ---, lalu title dan isian lain, lalu --- lagi.",
        "A lesson must begin with a line ---, then title and the other fields, then --- again.",
    ),
    "lesson-key-reserved": _both(
        '{key}: nama "{value}" dipakai sistem; jangan pakai pre-test, post-test, task, atau '
        "akhiran -quiz dan -activity.",
        '{key}: the key "{value}" is reserved; do not use pre-test, post-test, task or the '
        "endings -quiz and -activity.",
    ),
    "lesson-missing": _both(
        "Terjemahan pelajaran ini belum ada; buatlah {file}.",
        "This lesson lacks a language; write {file}.",
    ),
    "lesson-name": _both(
        "Nama pelajaran harus seperti 01-nama-pelajaran.id.md: nomor, nama, bahasa.",
        "A lesson must be named like 01-name-of-lesson.id.md: number, name, language.",
    ),
    "lesson-number": _both(
        "Nomor berkas ini berbeda dari {other}; pelajaran yang sama memakai nomor yang sama.",
        "The number of this file differs from {other}; the same lesson has the same number.",
    ),
    "lesson-order": _both(
        "Nomor pelajaran ini sama dengan {other}; beri nomor lain supaya urutannya jelas.",
        "This lesson has the same number as {other}; give it another so that the order is clear.",
    ),
    "lesson-twice": _both(
        "Pelajaran ini sudah ada sebagai {other}; hapus salah satunya.",
        "This lesson is already there as {other}; delete one of them.",
    ),
    "module-file-missing": _both(
        "Berkas module.yml belum ada di folder ini; buatlah.",
        "There is no module.yml in this folder; write one.",
    ),
    "module-form": _both(
        'Modul ditulis dengan nama foldernya, misalnya 01-nama-modul; isinya "{value}".',
        'A module is written by its folder, such as 01-name-of-module; it is "{value}".',
    ),
    "module-missing": _both(
        "Folder modul {folder} tidak ada; buatlah atau hapus barisnya.",
        "There is no module folder {folder}; make it or delete the line.",
    ),
    "module-no-lessons": _both(
        "Modul ini belum berisi pelajaran; tambahkan paling sedikit satu.",
        "This module has no lesson; add at least one.",
    ),
    "module-twice": _both(
        "Modul {value} ditulis dua kali; hapus salah satunya.",
        "The module {value} is listed twice; delete one.",
    ),
    "module-unlisted": _both(
        "Folder ini tidak ada dalam daftar modules di course.yml; tambahkan atau hapus foldernya.",
        "This folder is not in the list modules of course.yml; add it or delete the folder.",
    ),
    "modules-order": _both(
        "Urutan {key} tidak sesuai dengan nomor folder, atau ada nomor yang sama; samakan.",
        "The order of {key} does not follow the numbers of the folders, or a number is there "
        "twice; make them agree.",
    ),
    "required-form": _both(
        "{key} harus all atau daftar kunci unit.",
        "{key} must be all or a list of unit keys.",
    ),
    "required-pre-test": _both(
        "Prates tidak dapat menjadi syarat; hapus barisnya.",
        "The pre-test cannot be required; delete the line.",
    ),
    "required-task": _both(
        "Tugas di sini menjadi syarat; tulislah task: required, bukan dalam daftar ini saja.",
        "The task is required here; write task: required, not only this entry.",
    ),
    "required-twice": _both(
        "Unit {value} ditulis dua kali; hapus salah satunya.",
        "The unit {value} is listed twice; delete one.",
    ),
    "required-unknown": _both(
        'Unit "{value}" tidak ada dalam kursus ini; periksa ejaannya.',
        'There is no unit "{value}" in this course; check its spelling.',
    ),
    "rubric-weights": _both(
        "Jumlah weight dalam {key} adalah {total}; harus tepat 100.",
        "The weights in {key} sum to {total}; they must make exactly 100.",
    ),
    "slug-folder": _both(
        'slug "{slug}" berbeda dari nama folder "{folder}"; samakan.',
        'The slug "{slug}" differs from the folder name "{folder}"; make them equal.',
    ),
    "task-missing": _both(
        "completion menyebut task, tetapi berkas task.yml tidak ada; buatlah atau hapus barisnya.",
        "completion speaks of a task, but there is no task.yml; write it or delete the line.",
    ),
    "translation-ahead": _both(
        "Terjemahan ini menyebut edisi {translated}, padahal {file} baru edisi {edition}; "
        "perbaiki of_edition.",
        "This translation names edition {translated}, but {file} is only at edition {edition}; "
        "correct of_edition.",
    ),
    "translation-behind": _both(
        "Terjemahan ini masih dari edisi {translated}, padahal {file} sudah edisi {edition}; "
        "perbarui terjemahannya, lalu naikkan of_edition.",
        "This translation is of edition {translated}, but {file} is at edition {edition}; update "
        "the translation, then raise of_edition.",
    ),
}

QUESTIONS: dict[str, Sentence] = {
    "choice-twice": _both(
        'Soal "{question}": {key} memuat "{text}" dua kali; ubah atau hapus salah satunya.',
        'Question "{question}": {key} has "{text}" twice; change or delete one.',
    ),
    "draw-large": _both(
        "draw meminta {draw} soal, tetapi hanya ada {count} soal dengan pool quiz; tambah soal "
        "atau kecilkan draw.",
        "draw asks for {draw} questions, but only {count} are in the pool quiz; add questions or "
        "lower draw.",
    ),
    "option-mark": _both(
        'Setiap pilihan dimulai dengan satu "right:" (benar) atau satu "wrong:" (salah).',
        'Each option begins with one "right:" or one "wrong:".',
    ),
    "pair-half": _both(
        "Setiap pasangan memerlukan left (kiri) dan right (kanan); lengkapi.",
        "Each pair needs left and right; complete it.",
    ),
    "question-lesson": _both(
        'Soal "{question}" menunjuk pelajaran "{lesson}" yang tidak ada; periksa ejaannya.',
        'Question "{question}" points to the lesson "{lesson}", which is not there; check its '
        "spelling.",
    ),
    "question-no-right": _both(
        'Soal "{question}" belum punya pilihan yang benar; awali paling sedikit satu butir {key} '
        'dengan "right:".',
        'Question "{question}" has no right choice; begin at least one of its {key} with "right:".',
    ),
    "question-twice": _both(
        'Kunci soal "{question}" sudah dipakai di {first}; beri soal ini kunci lain.',
        'The question key "{question}" is already used at {first}; give this question another.',
    ),
    "several-no-wrong": _both(
        'Soal "{question}": semua {key} benar; beri paling sedikit satu yang salah.',
        'Question "{question}": all {key} are right; give at least one wrong one.',
    ),
    "single-many-right": _both(
        'Soal "{question}" punya {count} {key} yang benar, padahal hanya boleh satu; ubah '
        "kind menjadi several atau sisakan satu.",
        'Question "{question}" has {count} right {key}, but one is allowed; change kind to '
        "several or leave one.",
    ),
    "test-pool-small": _both(
        "Modul ini hanya punya {count} soal dengan pool test; prates dan pascates memerlukan "
        "paling sedikit {needed}.",
        "This module has only {count} questions in the pool test; pre-test and post-test need at "
        "least {needed}.",
    ),
    "test-pool-unused": _both(
        "Ada {count} soal dengan pool test, tetapi kursus ini tidak punya prates maupun pascates.",
        "There are {count} questions in the pool test, but the course has no pre-test and no "
        "post-test.",
    ),
    "tolerance-negative": _both(
        "{key} tidak boleh kurang dari 0.",
        "{key} must not be below 0.",
    ),
}

TEXTS: dict[str, Sentence] = {
    "anchor-missing": _both(
        'Tautan "{target}" menunjuk judul bagian yang tidak ada; samakan dengan judulnya.',
        'The link "{target}" points to a heading that is not there; make it fit the heading.',
    ),
    "heading-skip": _both(
        'Judul bagian "{heading}" melompati satu tingkat; pakai {marks} di sini.',
        'The heading "{heading}" skips a level; use {marks} here.',
    ),
    "heading-top": _both(
        'Judul bagian "{heading}" memakai #; mulailah dengan ##, karena # adalah judul pelajaran.',
        'The heading "{heading}" has one #; begin with ##, since # is the title of the lesson.',
    ),
    "html-shown": _both(
        "Kode HTML {tag} akan tampil apa adanya; pakai Markdown.",
        "The HTML code {tag} will be shown as it is; use Markdown.",
    ),
    "image-alt": _both(
        "Gambar {target} belum punya teks pengganti; tulislah di antara kurung siku apa yang "
        "terlihat.",
        "The image {target} has no alternative text; write between the square brackets what it "
        "shows.",
    ),
    "image-missing": _both(
        "Gambar {target} tidak ada; taruh di folder media/ atau periksa ejaannya.",
        "There is no image {target}; put it into media/ or check its spelling.",
    ),
    "image-outside": _both(
        "Gambar {target} ada di situs lain; simpan salinannya di folder media/.",
        "The image {target} is on another site; keep a copy in media/.",
    ),
    "link-course": _both(
        'Tautan "{target}" ke kursus lain tidak dapat dipakai; tulis course:nama-kursus atau '
        "course:nama-kursus/kunci-pelajaran.",
        'The link "{target}" to another course cannot be used; write course:name-of-course or '
        "course:name-of-course/key-of-lesson.",
    ),
    "link-form": _both(
        'Tautan "{target}" tidak dapat dipakai; pakai alamat https:, mailto:, atau nama berkas '
        "pelajaran.",
        'The link "{target}" cannot be used; use an https: or mailto: address or the name of a '
        "lesson file.",
    ),
    "link-missing": _both(
        'Tautan "{target}" menunjuk pelajaran yang tidak ada; periksa ejaan nama berkasnya.',
        'The link "{target}" points to a lesson that is not there; check the file name.',
    ),
    "markdown-slow": _both(
        "Teks ini terlalu panjang atau terlalu rumit di sekitar baris ini ({reason}); bagilah "
        "atau sederhanakan.",
        "This text is too long or too complicated around this line ({reason}); divide or simplify "
        "it.",
    ),
}

MEDIA: dict[str, Sentence] = {
    "media-content": _both(
        "Isi berkas ini bukan gambar {found} yang utuh; simpan ulang gambarnya.",
        "The content of this file is not a whole {found} image; save the image again.",
    ),
    "media-kind": _both(
        'Jenis berkas "{found}" tidak dapat dipakai; pakai png, jpg, gif, webp, atau svg.',
        'Files of the kind "{found}" cannot be used; use png, jpg, gif, webp or svg.',
    ),
    "media-pixels": _both(
        "Gambar ini {width} x {height} piksel; kecilkan.",
        "This image has {width} x {height} pixels; make it smaller.",
    ),
    "media-unused": _both(
        "Gambar ini tidak dipakai di pelajaran mana pun; hapus bila tidak perlu.",
        "No text shows this image; delete it when it is not needed.",
    ),
    "svg-address": _both(
        'Isian "{found}" dalam gambar SVG menunjuk ke luar gambar; hapuslah.',
        'The attribute "{found}" of the SVG image points outside the image; delete it.',
    ),
    "svg-attribute": _both(
        'Isian "{found}" tidak boleh ada dalam gambar SVG; simpan sebagai SVG biasa tanpa gaya '
        "dan skrip.",
        'The attribute "{found}" is not allowed in an SVG image; save it as plain SVG without '
        "style and script.",
    ),
    "svg-broken": _both(
        "Gambar SVG ini tidak dapat dibaca; simpan ulang.",
        "This SVG image cannot be read; save it again.",
    ),
    "svg-doctype": _both(
        "Gambar SVG tidak boleh memuat {found}; hapus bagian itu.",
        "An SVG image may not have {found}; delete that part.",
    ),
    "svg-element": _both(
        "Unsur {found} tidak boleh ada dalam gambar SVG; simpan sebagai SVG biasa.",
        "The element {found} is not allowed in an SVG image; save it as plain SVG.",
    ),
    "svg-large": _both(
        "Gambar SVG ini terlalu rumit di {found}; sederhanakan.",
        "This SVG image is too complicated at {found}; simplify it.",
    ),
    "svg-size": _both(
        'Gambar SVG ini tidak punya {found}; tambahkan, misalnya viewBox="0 0 640 360".',
        'This SVG image has no {found}; add one such as viewBox="0 0 640 360".',
    ),
}

# Advice: what is hard to read, to hear or to see.
ADVICE: dict[str, Sentence] = {
    "alt-caption": _both(
        "Teks pengganti gambar {target} sama dengan keterangannya, jadi terdengar dua kali; "
        "tulislah apa yang terlihat.",
        "The alternative text of the image {target} repeats its caption, so it is heard twice; "
        "write what the image shows.",
    ),
    "alt-long": _both(
        "Teks pengganti gambar {target} panjangnya {length} karakter, sebaiknya paling banyak "
        "{longest}; tulis intinya di situ dan rinciannya di dalam teks.",
        "The alternative text of the image {target} has {length} characters, better at most "
        "{longest}; write the gist there and the details in the text.",
    ),
    "alt-vague": _both(
        'Teks pengganti "{text}" belum menjelaskan gambar {target}; tulislah apa yang terlihat.',
        'The alternative text "{text}" does not describe the image {target}; write what it shows.',
    ),
    "capitals": _both(
        'Kata-kata "{text}" ditulis dengan huruf besar semua dan sulit dibaca; pakai huruf biasa, '
        "tebalkan bila penting.",
        'The words "{text}" are all capitals, which are hard to read; write them as usual, in bold '
        "where they matter.",
    ),
    "colour-alone": _both(
        'Kata-kata "{text}" hanya menyebut warna; sebutkan juga kata, tanda, atau tempatnya untuk '
        "pembaca yang tidak melihat warna itu.",
        'The words "{text}" name a colour alone; name a word, a sign or a place, too, for readers '
        "who do not see the colour.",
    ),
    "heading-empty": _both(
        "Judul bagian ini kosong; tulis judulnya atau hapus tanda #.",
        "This heading is empty; write its words or delete the #.",
    ),
    "link-address": _both(
        "Tautan {text} menampilkan alamat yang panjang; tulis nama halamannya di dalam kurung "
        "siku.",
        "The link {text} shows a long address; write the name of the page between the square "
        "brackets.",
    ),
    "link-vague": _both(
        'Tautan "{text}" tidak berkata apa-apa bila dibaca sendirian; tulis nama yang dituju.',
        'The link "{text}" says nothing when it is read alone; write what it leads to.',
    ),
    "paragraph-long": _both(
        "Paragraf ini {count} kata, sebaiknya paling banyak {longest}; bagilah menjadi beberapa "
        "paragraf atau butir.",
        "This paragraph has {count} words, better at most {longest}; divide it into paragraphs or "
        "points.",
    ),
    "reading-level": _both(
        "Pelajaran ini sesulit bacaan kelas {grade}, sasarannya kelas {target}: rata-rata {words} "
        "kata sekalimat. Mulailah dari paragraf ini: pecah kalimatnya dan pakai kata sehari-hari.",
        "This lesson is as hard as a text for grade {grade}, the target is grade {target}: on "
        "average {words} words a sentence. Begin with this paragraph: divide its sentences and use "
        "everyday words.",
    ),
    "svg-contrast": _both(
        'Tulisan "{text}" dalam gambar ini kurang terlihat: kontrasnya {ratio} banding 1, paling '
        "sedikit {least}; gelapkan tulisannya atau terangkan latarnya, atau sebaliknya.",
        'The letters "{text}" in this drawing are hard to see: their contrast is {ratio} to 1, at '
        "least {least} is needed; make them darker or their ground lighter, or the other way "
        "round.",
    ),
    "svg-letters": _both(
        'Tulisan "{text}" hanya setinggi {size} piksel pada layar selebar {width} piksel, paling '
        "sedikit {least}; besarkan hurufnya atau sempitkan gambarnya.",
        'The letters "{text}" are only {size} pixels on a screen of {width}, at least {least} are '
        "needed; make them larger or the drawing narrower.",
    ),
    "table-head-empty": _both(
        "Kolom {column} tabel ini tidak punya judul; tulislah di baris pertama.",
        "Column {column} of this table has no heading; write one in the first row.",
    ),
    "table-no-head": _both(
        "Tabel ini tidak punya baris judul, jadi tampil sebagai teks biasa; tulis judul kolom, "
        "lalu baris berisi --- di setiap kolom di bawahnya.",
        "This table has no row of headings, so it is shown as plain text; write headings, and "
        "below them a row with --- in each column.",
    ),
}

SENTENCES: dict[str, Sentence] = {
    **FILES,
    **YAML,
    **VALUES,
    **COURSE,
    **QUESTIONS,
    **TEXTS,
    **MEDIA,
    **ADVICE,
}
