"""Sizes of images from their first bytes; SVG by allow-list."""

from __future__ import annotations

import struct

import pytest

from elearn.coursepack.images import Size, Unfit, measure


def svg(inside: str, attributes: str = 'viewBox="0 0 320 180.4"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n{inside}</svg>'.encode()


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 360) + b"\x08\x02\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 32, 16) + b"\0\0\0"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", 360, 640) + b"\x03" + b"\0" * 9
)
WEBP_LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 100, 50)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 99 | 49 << 14)
WEBP_LARGE = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x63\0\0" + b"\x31\0\0"


@pytest.mark.parametrize(
    ("path", "content", "size"),
    [
        ("media/a.png", PNG, Size(640, 360)),
        ("media/a.PNG", PNG, Size(640, 360)),
        ("media/a.gif", GIF, Size(32, 16)),
        ("media/a.jpg", JPEG, Size(640, 360)),
        ("media/a.jpeg", JPEG, Size(640, 360)),
        ("media/a.webp", WEBP_LOSSY, Size(100, 50)),
        ("media/a.webp", WEBP_LOSSLESS, Size(100, 50)),
        ("media/a.webp", WEBP_LARGE, Size(100, 50)),
        ("media/a.svg", svg("<title>Rak</title><path d='M0 0'/>"), Size(320, 180)),
        ("media/a.svg", b"\xef\xbb\xbf" + svg("", 'viewBox="0,0,10,20"'), Size(10, 20)),
        ("media/a.svg", svg('<g id="a"/><use href="#a"/><path fill="url(#g)"/>'), Size(320, 180)),
    ],
)
def test_the_size_of_an_image_is_read(path, content, size):
    assert measure(path, content) == size


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("media/a.pdf", b"%PDF", "media-kind"),
        ("media/a", PNG, "media-kind"),
        ("media/a.png", GIF, "media-content"),
        ("media/a.png", PNG[:20], "media-content"),
        ("media/a.png", PNG.replace(struct.pack(">I", 640), b"\0\0\0\0"), "media-content"),
        ("media/a.gif", PNG, "media-content"),
        ("media/a.gif", GIF[:7], "media-content"),
        ("media/a.jpg", PNG, "media-content"),
        ("media/a.jpg", b"\xff\xd8\xff\xe0\x00\x10" + b"\0" * 30, "media-content"),
        ("media/a.jpg", b"\xff\xd8\xff\xe0\x00\x00" + b"\0" * 30, "media-content"),
        ("media/a.jpg", b"\xff\xd8\xff\xda\x00\x10" + b"\0" * 30, "media-content"),
        ("media/a.jpg", JPEG[:20], "media-content"),
        ("media/a.webp", PNG, "media-content"),
        ("media/a.webp", b"RIFF\0\0\0\0WEBPVP8Q" + b"\0" * 30, "media-content"),
        ("media/a.webp", WEBP_LOSSY[:27], "media-content"),
        ("media/a.svg", b"\xff\xfe<", "media-content"),
        ("media/a.svg", b"", "svg-broken"),
        ("media/a.svg", svg("<g>"), "svg-broken"),
        ("media/a.svg", b"<html/>", "svg-element"),
        ("media/a.svg", b"<g viewBox='0 0 1 1'/>", "svg-element"),
        ("media/a.svg", svg("<script>alert(1)</script>"), "svg-element"),
        ("media/a.svg", svg("<foreignObject/>"), "svg-element"),
        ("media/a.svg", svg("<style>*{}</style>"), "svg-element"),
        ("media/a.svg", svg("<image href='#a'/>"), "svg-element"),
        ("media/a.svg", svg("<animate attributeName='x'/>"), "svg-element"),
        ("media/a.svg", svg("<a href='#a'/>"), "svg-element"),
        ("media/a.svg", svg("<?xml-stylesheet href='x'?>"), "svg-element"),
        ("media/a.svg", svg("<x:script xmlns:x='http://www.w3.org/2000/svg'/>"), "svg-element"),
        ("media/a.svg", svg("<g onclick='x'/>"), "svg-attribute"),
        ("media/a.svg", svg("<g style='x'/>"), "svg-attribute"),
        ("media/a.svg", svg("<use href='https://a.example/#x'/>"), "svg-address"),
        ("media/a.svg", svg("<use xlink:href='data:x'/>"), "svg-address"),
        ("media/a.svg", svg("<path fill='url(https://a.example)'/>"), "svg-address"),
        ("media/a.svg", svg("<path fill='u\\72l(x)'/>"), "svg-address"),
        ("media/a.svg", svg("", ""), "svg-size"),
        ("media/a.svg", svg("", 'viewBox="0 0 NaN 1"'), "svg-size"),
        ("media/a.svg", svg("<use href='#a'/>" * 101), "svg-large"),
        ("media/a.svg", svg("<g id='a'><use href='#b'/></g>"), "svg-large"),
        ("media/a.svg", svg("<g>" * 60 + "</g>" * 60), "svg-large"),
        ("media/a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), "svg-doctype"),
        (
            "media/a.svg",
            b"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + svg(""),
            "svg-doctype",
        ),
    ],
)
def test_an_unfit_image_is_refused_with_its_reason(path, content, code):
    with pytest.raises(Unfit) as unfit:
        measure(path, content)
    assert unfit.value.code == code


def test_the_line_of_an_svg_fault_is_told():
    with pytest.raises(Unfit) as unfit:
        measure("media/a.svg", svg("<g/>\n\n<script/>"))
    assert (unfit.value.line, unfit.value.found) == (4, "<script>")
