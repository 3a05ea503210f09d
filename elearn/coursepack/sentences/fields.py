"""Of fields: their values, and what they make of a course."""

from __future__ import annotations

from elearn.coursepack.sentences.sentence import Sentence, both

VALUES: dict[str, Sentence] = {
    "call-code-form": both(
        'call_code harus 2 sampai 6 huruf besar; isinya "{value}".',
        'call_code must be 2 to 6 capital letters; it is "{value}".',
    ),
    "format-unknown": both(
        "Format kursus ini tidak dikenal; tulislah {key}: {known}.",
        "This course format is not known; write {key}: {known}.",
    ),
    "key-form": both(
        "{key} hanya boleh memuat huruf kecil, angka, dan tanda hubung, paling panjang 60; isinya "
        '"{value}".',
        '{key} may only have small letters, digits and hyphens, 60 at most; it is "{value}".',
    ),
    "key-missing": both(
        "Isian {key} belum ada; tambahkan di sini.",
        "The field {key} is missing; add it here.",
    ),
    "key-unknown": both(
        "Isian {key} tidak dikenal di sini; yang dikenal: {known}.",
        "The field {key} is not known here; known are: {known}.",
    ),
    "key-unknown-near": both(
        "Isian {key} tidak dikenal di sini; mungkin maksud Anda {near}.",
        "The field {key} is not known here; did you mean {near}?",
    ),
    "language-form": both(
        'Bahasa ditulis dengan kodenya, misalnya id atau en; isinya "{value}".',
        'A language is written by its code, such as id or en; it is "{value}".',
    ),
    "language-twice": both(
        "Bahasa {value} ditulis dua kali; hapus salah satunya.",
        "The language {value} is listed twice; delete one.",
    ),
    "language-unlisted": both(
        "{key}: bahasa {language} tidak ada dalam daftar languages di course.yml; tambahkan di "
        "sana atau hapus teks ini.",
        "{key}: the language {language} is not in the list languages of course.yml; add it there "
        "or delete this text.",
    ),
    "list-count": both(
        "{key} berisi {count} butir; harus {low} sampai {high}.",
        "{key} has {count} entries; it must have {low} to {high}.",
    ),
    "text-bidi": both(
        "{key} memuat karakter tak terlihat yang membalik arah baca; ketik ulang teksnya.",
        "{key} has an invisible character that turns the reading direction; type the text again.",
    ),
    "text-comma": both(
        '{key}: "{language}" bukan kode bahasa. Bila teksnya memuat koma, apit seluruh teks dengan '
        "tanda kutip.",
        '{key}: "{language}" is no language code. When a text has a comma, put quotation marks '
        "around the whole text.",
    ),
    "text-control": both(
        "{key} memuat karakter tak terlihat yang tidak boleh dipakai; ketik ulang teksnya.",
        "{key} has an invisible character that is not allowed; type the text again.",
    ),
    "text-empty": both("{key} masih kosong; isilah.", "{key} is empty; fill it in."),
    "text-inline-only": both(
        "{key} tidak boleh memuat tautan atau gambar; taruh di teks soal.",
        "{key} may not have links or images; put them in the text of the question.",
    ),
    "text-languages": both(
        "{key} harus ditulis per bahasa, misalnya {{{language}: ...}}.",
        "{key} must be written per language, for example {{{language}: ...}}.",
    ),
    "text-long": both(
        "{key} panjangnya {length} karakter, paling panjang {longest}; ringkaskan.",
        "{key} has {length} characters, at most {longest} are allowed; make it shorter.",
    ),
    "translation-missing": both(
        "{key} belum ada dalam bahasa {language}; tambahkan terjemahannya.",
        "{key} has no text in the language {language}; add the translation.",
    ),
    "value-choice": both(
        '{key} harus salah satu dari: {allowed}; isinya "{value}".',
        '{key} must be one of: {allowed}; it is "{value}".',
    ),
    "value-fields": both(
        "Di sini harus ada isian bernama, masing-masing dengan titik dua.",
        "Here there must be named fields, each with a colon.",
    ),
    "value-list": both(
        "{key} harus berupa daftar: satu butir per baris, diawali tanda hubung.",
        "{key} must be a list: one entry a line, each begun with a hyphen.",
    ),
    "value-number": both(
        "{key} harus bilangan, misalnya 180 atau 2.5 (dengan titik, tanpa tanda kutip).",
        "{key} must be a number, such as 180 or 2.5 (with a dot, without quotes).",
    ),
    "value-range": both(
        "{key} harus {low} sampai {high}; isinya {value}.",
        "{key} must be {low} to {high}; it is {value}.",
    ),
    "value-text": both(
        "{key} harus berupa satu teks.",
        "{key} must be one text.",
    ),
    "value-truth": both(
        "{key} harus true (benar) atau false (salah), tanpa tanda kutip.",
        "{key} must be true or false, without quotes.",
    ),
    "value-whole": both(
        "{key} harus bilangan bulat {low} sampai {high}, tanpa tanda kutip.",
        "{key} must be a whole number from {low} to {high}, without quotes.",
    ),
}

COURSE: dict[str, Sentence] = {
    "criterion-twice": both(
        "{key} {value} sudah dipakai di baris {first}; beri kriteria ini nama lain.",
        "{key} {value} is already used on line {first}; give this criterion another.",
    ),
    "jp-minutes": both(
        "Jumlah JP {jp} berarti {stated} menit, tetapi rencananya {planned} menit; selisihnya "
        "lebih dari 25 %. Periksa jp atau menitnya.",
        "{jp} JP mean {stated} minutes, but {planned} minutes are planned; they differ by more "
        "than 25 %. Check jp or the minutes.",
    ),
    "key-taken": both(
        "Nama {key} sudah dipakai oleh {first}; nama harus berbeda dalam satu kursus.",
        "The key {key} is already taken by {first}; keys must differ within a course.",
    ),
    "lesson-empty": both(
        "Pelajaran ini belum berisi teks; tulislah isinya di bawah baris --- kedua.",
        "This lesson has no text; write it below the second --- line.",
    ),
    "lesson-front": both(
        "Pelajaran harus dimulai dengan baris ---, lalu title dan isian lain, lalu --- lagi.",
        "A lesson must begin with a line ---, then title and the other fields, then --- again.",
    ),
    "lesson-key-reserved": both(
        '{key}: nama "{value}" dipakai sistem; jangan pakai pre-test, post-test, task, atau '
        "akhiran -quiz dan -activity.",
        '{key}: the key "{value}" is reserved; do not use pre-test, post-test, task or the '
        "endings -quiz and -activity.",
    ),
    "lesson-missing": both(
        "Terjemahan pelajaran ini belum ada; buatlah {file}.",
        "This lesson lacks a language; write {file}.",
    ),
    "lesson-name": both(
        "Nama pelajaran harus seperti 01-nama-pelajaran.id.md: nomor, nama, bahasa.",
        "A lesson must be named like 01-name-of-lesson.id.md: number, name, language.",
    ),
    "lesson-number": both(
        "Nomor berkas ini berbeda dari {other}; pelajaran yang sama memakai nomor yang sama.",
        "The number of this file differs from {other}; the same lesson has the same number.",
    ),
    "lesson-order": both(
        "Nomor pelajaran ini sama dengan {other}; beri nomor lain supaya urutannya jelas.",
        "This lesson has the same number as {other}; give it another so that the order is clear.",
    ),
    "lesson-twice": both(
        "Pelajaran ini sudah ada sebagai {other}; hapus salah satunya.",
        "This lesson is already there as {other}; delete one of them.",
    ),
    "module-file-missing": both(
        "Berkas module.yml belum ada di folder ini; buatlah.",
        "There is no module.yml in this folder; write one.",
    ),
    "module-form": both(
        'Modul ditulis dengan nama foldernya, misalnya 01-nama-modul; isinya "{value}".',
        'A module is written by its folder, such as 01-name-of-module; it is "{value}".',
    ),
    "module-missing": both(
        "Folder modul {folder} tidak ada; buatlah atau hapus barisnya.",
        "There is no module folder {folder}; make it or delete the line.",
    ),
    "module-no-lessons": both(
        "Modul ini belum berisi pelajaran; tambahkan paling sedikit satu.",
        "This module has no lesson; add at least one.",
    ),
    "module-twice": both(
        "Modul {value} ditulis dua kali; hapus salah satunya.",
        "The module {value} is listed twice; delete one.",
    ),
    "module-unlisted": both(
        "Folder ini tidak ada dalam daftar modules di course.yml; tambahkan atau hapus foldernya.",
        "This folder is not in the list modules of course.yml; add it or delete the folder.",
    ),
    "modules-order": both(
        "Urutan {key} tidak sesuai dengan nomor folder, atau ada nomor yang sama; samakan.",
        "The order of {key} does not follow the numbers of the folders, or a number is there "
        "twice; make them agree.",
    ),
    "required-form": both(
        "{key} harus all atau daftar nama unit.",
        "{key} must be all or a list of unit keys.",
    ),
    "required-pre-test": both(
        "Prates tidak dapat menjadi syarat; hapus barisnya.",
        "The pre-test cannot be required; delete the line.",
    ),
    "required-task": both(
        "Tugas di sini menjadi syarat; tulislah task: required, bukan dalam daftar ini saja.",
        "The task is required here; write task: required, not only this entry.",
    ),
    "required-twice": both(
        "Unit {value} ditulis dua kali; hapus salah satunya.",
        "The unit {value} is listed twice; delete one.",
    ),
    "required-unknown": both(
        'Unit "{value}" tidak ada dalam kursus ini; periksa ejaannya.',
        'There is no unit "{value}" in this course; check its spelling.',
    ),
    "rubric-weights": both(
        "Jumlah weight dalam {key} adalah {total}; harus tepat 100.",
        "The weights in {key} sum to {total}; they must make exactly 100.",
    ),
    "slug-folder": both(
        'slug "{slug}" berbeda dari nama folder "{folder}"; samakan.',
        'The slug "{slug}" differs from the folder name "{folder}"; make them equal.',
    ),
    "task-missing": both(
        "completion menyebut task, tetapi berkas task.yml tidak ada; buatlah atau hapus barisnya.",
        "completion speaks of a task, but there is no task.yml; write it or delete the line.",
    ),
    "translation-ahead": both(
        "Terjemahan ini menyebut edisi {translated}, padahal {file} baru edisi {edition}; "
        "perbaiki of_edition.",
        "This translation names edition {translated}, but {file} is only at edition {edition}; "
        "correct of_edition.",
    ),
    "translation-behind": both(
        "Terjemahan ini masih dari edisi {translated}, padahal {file} sudah edisi {edition}; "
        "perbarui terjemahannya, lalu naikkan of_edition.",
        "This translation is of edition {translated}, but {file} is at edition {edition}; update "
        "the translation, then raise of_edition.",
    ),
}
