"""Of Markdown texts and images."""

from __future__ import annotations

from elearn.coursepack.sentences.sentence import Sentence, both

TEXTS: dict[str, Sentence] = {
    "anchor-missing": both(
        'Tautan "{target}" menunjuk judul bagian yang tidak ada; samakan dengan judulnya.',
        'The link "{target}" points to a heading that is not there; make it fit the heading.',
    ),
    "heading-skip": both(
        'Judul bagian "{heading}" melompati satu tingkat; pakai {marks} di sini.',
        'The heading "{heading}" skips a level; use {marks} here.',
    ),
    "heading-top": both(
        'Judul bagian "{heading}" memakai #; mulailah dengan ##, karena # adalah judul pelajaran.',
        'The heading "{heading}" has one #; begin with ##, since # is the title of the lesson.',
    ),
    "html-shown": both(
        "Kode HTML {tag} akan tampil apa adanya; pakai Markdown.",
        "The HTML code {tag} will be shown as it is; use Markdown.",
    ),
    "image-alt": both(
        "Gambar {target} belum punya teks pengganti; tulislah di antara kurung siku apa yang "
        "terlihat.",
        "The image {target} has no alternative text; write between the square brackets what it "
        "shows.",
    ),
    "image-missing": both(
        "Gambar {target} tidak ada; taruh di folder media/ atau periksa ejaannya.",
        "There is no image {target}; put it into media/ or check its spelling.",
    ),
    "image-outside": both(
        "Gambar {target} ada di situs lain; simpan salinannya di folder media/.",
        "The image {target} is on another site; keep a copy in media/.",
    ),
    "link-course": both(
        'Tautan "{target}" ke kursus lain tidak dapat dipakai; tulis course:nama-kursus atau '
        "course:nama-kursus/kunci-pelajaran.",
        'The link "{target}" to another course cannot be used; write course:name-of-course or '
        "course:name-of-course/key-of-lesson.",
    ),
    "link-form": both(
        'Tautan "{target}" tidak dapat dipakai; pakai alamat https:, mailto:, atau nama berkas '
        "pelajaran.",
        'The link "{target}" cannot be used; use an https: or mailto: address or the name of a '
        "lesson file.",
    ),
    "link-missing": both(
        'Tautan "{target}" menunjuk pelajaran yang tidak ada; periksa ejaan nama berkasnya.',
        'The link "{target}" points to a lesson that is not there; check the file name.',
    ),
    "markdown-slow": both(
        "Teks ini terlalu panjang atau terlalu rumit di sekitar baris ini ({reason}); bagilah "
        "atau sederhanakan.",
        "This text is too long or too complicated around this line ({reason}); divide or simplify "
        "it.",
    ),
}

MEDIA: dict[str, Sentence] = {
    "media-content": both(
        "Isi berkas ini bukan gambar {found} yang utuh; simpan ulang gambarnya.",
        "The content of this file is not a whole {found} image; save the image again.",
    ),
    "media-kind": both(
        'Jenis berkas "{found}" tidak dapat dipakai; pakai png, jpg, gif, webp, atau svg.',
        'Files of the kind "{found}" cannot be used; use png, jpg, gif, webp or svg.',
    ),
    "media-pixels": both(
        "Gambar ini {width} x {height} piksel; kecilkan.",
        "This image has {width} x {height} pixels; make it smaller.",
    ),
    "media-unused": both(
        "Gambar ini tidak dipakai di pelajaran mana pun; hapus bila tidak perlu.",
        "No text shows this image; delete it when it is not needed.",
    ),
    "svg-address": both(
        'Isian "{found}" dalam gambar SVG menunjuk ke luar gambar; hapuslah.',
        'The attribute "{found}" of the SVG image points outside the image; delete it.',
    ),
    "svg-attribute": both(
        'Isian "{found}" tidak boleh ada dalam gambar SVG; simpan sebagai SVG biasa tanpa gaya '
        "dan skrip.",
        'The attribute "{found}" is not allowed in an SVG image; save it as plain SVG without '
        "style and script.",
    ),
    "svg-broken": both(
        "Gambar SVG ini tidak dapat dibaca; simpan ulang.",
        "This SVG image cannot be read; save it again.",
    ),
    "svg-doctype": both(
        "Gambar SVG tidak boleh memuat {found}; hapus bagian itu.",
        "An SVG image may not have {found}; delete that part.",
    ),
    "svg-element": both(
        "Unsur {found} tidak boleh ada dalam gambar SVG; simpan sebagai SVG biasa.",
        "The element {found} is not allowed in an SVG image; save it as plain SVG.",
    ),
    "svg-large": both(
        "Gambar SVG ini terlalu rumit di {found}; sederhanakan.",
        "This SVG image is too complicated at {found}; simplify it.",
    ),
    "svg-size": both(
        'Gambar SVG ini tidak punya {found}; tambahkan, misalnya viewBox="0 0 640 360".',
        'This SVG image has no {found}; add one such as viewBox="0 0 640 360".',
    ),
}
