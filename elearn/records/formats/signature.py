"""Ed25519 signatures over a record's bytes, and keys as text. RFC 8032."""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "Ed25519"
_ID_LENGTH = 16


def new_private_key() -> bytes:
    """A private key as it is kept in its file: PKCS #8 in PEM, without a password."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_half(private_pem: bytes) -> str:
    """Base64 of the 32 public bytes that belong to a private key."""
    return _text(
        _private(private_pem)
        .public_key()
        .public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    )


def key_id(public_key: str) -> str:
    """The first 16 hex digits of the SHA-256 of the public bytes: what a key is called."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:_ID_LENGTH]


def public_pem(public_key: str) -> str:
    """The public key as openssl and other programs read it."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode("ascii")


def sign(private_pem: bytes, text: str) -> str:
    """Base64 of the signature over the text's UTF-8 bytes."""
    return _text(_private(private_pem).sign(text.encode("utf-8")))


def is_signed(public_key: str, signature: str, text: str) -> bool:
    """Whether the signature is this key's over exactly these bytes.

    Base64 has several spellings for the same bytes; only the one that `sign` writes is taken, so
    that no character of a stored signature can change unseen.
    """
    try:
        key_bytes, signed = base64.b64decode(public_key), base64.b64decode(signature)
        if _text(key_bytes) != public_key or _text(signed) != signature:
            return False
        Ed25519PublicKey.from_public_bytes(key_bytes).verify(signed, text.encode("utf-8"))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _private(pem: bytes) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not an Ed25519 key")
    return key


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
