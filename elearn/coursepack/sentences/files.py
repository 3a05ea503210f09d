"""Of files and of YAML as such."""

from __future__ import annotations

from elearn.coursepack.sentences.sentence import Sentence, both

FILES: dict[str, Sentence] = {
    "and-more": both(
        "Masih ada {count} masalah lain. Perbaiki dulu yang di atas, lalu periksa lagi.",
        "There are {count} more problems. Fix those above first, then check again.",
    ),
    "archive-broken": both(
        "Berkas zip ini rusak atau terpotong; buatlah ulang dari folder kursus.",
        "This zip file is broken or cut off; make it again from the course folder.",
    ),
    "archive-encrypted": both(
        "Berkas ini dikunci dengan kata sandi; buatlah zip tanpa kata sandi.",
        "This file is locked with a password; make the zip without a password.",
    ),
    "archive-method": both(
        "Cara pemampatan berkas ini tidak dikenal; buatlah zip biasa.",
        "This file is packed in an unknown way; make an ordinary zip.",
    ),
    "archive-nested": both(
        "Ada arsip di dalam arsip; keluarkan isinya dan masukkan berkasnya langsung.",
        "There is an archive inside the archive; unpack it and put its files in directly.",
    ),
    "archive-ratio": both(
        "Isi zip ini jauh lebih besar daripada ukuran zipnya; buatlah zip biasa dari folder "
        "kursus.",
        "What this zip holds is far larger than the zip itself; make an ordinary zip of the "
        "course folder.",
    ),
    "archive-twice": both(
        "Berkas ini ada dua kali di dalam zip; sisakan satu.",
        "This file is in the zip twice; leave one of them.",
    ),
    "control-character": both(
        "Ada karakter tak terlihat ({character}) yang tidak boleh dipakai; hapuslah dari baris "
        "ini.",
        "There is an invisible character ({character}) that is not allowed; delete it from this "
        "line.",
    ),
    "course-bytes": both(
        "Kursus ini lebih besar dari {longest} MB; kecilkan gambarnya.",
        "This course is larger than {longest} MB; make its images smaller.",
    ),
    "course-files": both(
        "Kursus ini berisi {count} berkas, paling banyak {longest}; keluarkan yang tidak perlu.",
        "This course has {count} files, at most {longest} are allowed; take out what is not "
        "needed.",
    ),
    "course-missing": both(
        "Berkas course.yml tidak ada; setiap kursus dimulai dengan berkas itu.",
        "There is no course.yml; every course begins with that file.",
    ),
    "file-bytes": both(
        "Berkas ini lebih besar dari {longest} MB; kecilkan.",
        "This file is larger than {longest} MB; make it smaller.",
    ),
    "file-link": both(
        "Ini tautan ke berkas lain, bukan berkas; ganti dengan salinan berkasnya.",
        "This is a link to another file, not a file; replace it with a copy of the file.",
    ),
    "file-special": both(
        "Ini bukan berkas biasa; keluarkan dari folder kursus.",
        "This is not an ordinary file; take it out of the course folder.",
    ),
    "file-unexpected": both(
        "Berkas ini tidak punya tempat dalam kursus; hapus, ganti namanya, atau pindahkan (gambar "
        "ke folder media/).",
        "This file has no place in a course; delete, rename or move it (images go to media/).",
    ),
    "file-unreadable": both(
        "Berkas ini tidak dapat dibaca ({reason}); periksa izinnya.",
        "This file cannot be read ({reason}); check its permissions.",
    ),
    "path-absolute": both(
        "Nama berkas ini menunjuk ke tempat di luar kursus; buatlah zip dari folder kursus.",
        "This file name points outside the course; make the zip from the course folder.",
    ),
    "path-backslash": both(
        "Nama berkas ini memuat garis miring terbalik; ganti namanya.",
        "This file name has a backslash; rename the file.",
    ),
    "path-clash": both(
        "Nama ini sama dengan {other} pada komputer yang tidak membedakan huruf besar; ganti "
        "salah satunya.",
        "On computers that ignore capital letters this name is the same as {other}; rename one.",
    ),
    "path-deep": both(
        "Berkas ini terlalu dalam di dalam folder; pindahkan ke atas.",
        "This file lies too deep in folders; move it up.",
    ),
    "path-encoding": both(
        "Huruf dalam nama berkas ini tidak dapat dibaca; pakai huruf a-z, angka, titik, dan tanda "
        "hubung.",
        "The letters of this file name cannot be read; use a-z, digits, dots and hyphens.",
    ),
    "path-name": both(
        "Nama ini memuat karakter yang tidak boleh; pakai huruf a-z, angka, titik, dan tanda "
        "hubung.",
        "This name has characters that are not allowed; use a-z, digits, dots and hyphens.",
    ),
    "path-outside": both(
        'Nama berkas ini keluar dari kursus dengan ".."; buatlah zip dari folder kursus.',
        'This file name leaves the course by ".."; make the zip from the course folder.',
    ),
    "path-reserved": both(
        "Nama ini dipakai Windows untuk hal lain; ganti namanya.",
        "Windows keeps this name for itself; rename the file.",
    ),
    "text-bytes": both(
        "Teks ini lebih besar dari {longest} KB; bagilah menjadi beberapa pelajaran.",
        "This text is larger than {longest} KB; divide it into several lessons.",
    ),
    "text-encoding": both(
        "Baris ini bukan teks UTF-8; simpan ulang berkasnya dengan pengodean UTF-8.",
        "This line is not UTF-8 text; save the file again with the encoding UTF-8.",
    ),
    "texts-bytes": both(
        "Seluruh teks kursus ini lebih besar dari {longest} MB; bagilah menjadi beberapa kursus.",
        "All texts of this course are larger than {longest} MB; divide it into several courses.",
    ),
    "yaml-bytes": both(
        "Sampai berkas ini, berkas .yml dan kepala pelajaran kursus terlalu besar; bagilah "
        "kursusnya.",
        "Up to this file the .yml files and lesson heads of the course are too large; divide the "
        "course.",
    ),
}

YAML: dict[str, Sentence] = {
    "yaml-alias": both(
        "Tanda * di depan nilai memakai ulang bagian lain, dan itu tidak didukung; tulislah "
        "nilainya, dengan tanda kutip bila memang diawali *.",
        "A * before a value repeats another part, which is not supported; write the value itself, "
        "in quotes if it really begins with *.",
    ),
    "yaml-anchor": both(
        "Tanda & di depan nilai memberi nama bagian ini, dan itu tidak didukung; hapuslah, atau "
        "pakai tanda kutip bila nilainya memang diawali &.",
        "A & before a value names this part, which is not supported; delete it, or use quotes if "
        "the value really begins with &.",
    ),
    "yaml-broken": both(
        "Baris ini tidak dapat dibaca sebagai YAML; periksa indentasi, titik dua, dan tanda kutip "
        "({reason}).",
        "This line cannot be read as YAML; check indentation, colons and quotes ({reason}).",
    ),
    "yaml-depth": both(
        "Bagian ini bersarang terlalu dalam; periksa indentasinya.",
        "This part is nested too deep; check its indentation.",
    ),
    "yaml-directive": both(
        "Baris yang diawali % tidak didukung; hapuslah.",
        "A line that begins with % is not supported; delete it.",
    ),
    "yaml-documents": both(
        "Berkas ini berisi dua dokumen yang dipisah ---; satukan.",
        "This file has two documents divided by ---; make them one.",
    ),
    "yaml-empty": both(
        "Berkas ini kosong; isilah seperti contoh dalam panduan format kursus.",
        "This file is empty; fill it as the example in the course format guide shows.",
    ),
    "yaml-key": both(
        "Nama isian harus satu kata biasa diikuti titik dua.",
        "The name of a field must be one plain word followed by a colon.",
    ),
    "yaml-key-twice": both(
        "Isian {key} sudah ada di baris {first}; hapus salah satunya.",
        "The field {key} is already on line {first}; delete one of them.",
    ),
    "yaml-large": both(
        "Sampai berkas ini kursus memuat terlalu banyak isian; bagilah kursusnya.",
        "Up to this file the course has too many fields; divide the course.",
    ),
    "yaml-merge": both(
        "Tanda << menyalin isian lain, dan itu tidak didukung; tulislah isiannya.",
        "The mark << copies other fields, which is not supported; write the fields themselves.",
    ),
    "yaml-tag": both(
        "Tanda ! di depan nilai tidak didukung; hapuslah, atau pakai tanda kutip bila nilainya "
        "memang diawali !.",
        "A ! before a value is not supported; delete it, or use quotes if the value really begins "
        "with !.",
    ),
}
