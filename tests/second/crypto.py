"""The few primitives that docs/SHARED-FILE.md names, over `cryptography` and the standard library.

What the library lacks is written out: HChaCha20 (XChaCha20-Poly1305 is ChaCha20-Poly1305 under a derived key) and the
strict half of Ed25519 (no key and no R of small order), which OpenSSL leaves to the caller.
"""

import base64
import hashlib
import re
import struct

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")


def digest(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def text_of(data):
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def bytes_of(text, length=None):
    """The bytes that a text spells, or None. One spelling only: what is left over of the last character must be 0."""
    if not isinstance(text, str) or not BASE64URL.match(text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if text_of(data) != text or (length is not None and len(data) != length):
        return None
    return data


# --- Ed25519 -------------------------------------------------------------------------------------------------------

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def point_of(encoded):
    """The curve point of 32 bytes, or None."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == P - u and u:
        x = x * SQRT_MINUS_1 % P
    if v * x * x % P != u:
        return None
    return (P - x if x & 1 != sign else x) % P, y % P


def has_small_order(encoded):
    """Whether eight times the point is the neutral one; what is no point at all is refused with those."""
    point = point_of(encoded)
    if point is None:
        return True
    x, y = point
    for _ in range(3):
        product = D * x * x * y * y % P
        x, y = (
            2 * x * y * pow(1 + product, P - 2, P) % P,
            (y * y + x * x) * pow(1 - product, P - 2, P) % P,
        )
    return (x, y) == (0, 1)


def is_signed(public_key, signature, message):
    if has_small_order(public_key) or has_small_order(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- XChaCha20-Poly1305 ---------------------------------------------------------------------------------------------

ROUNDS = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]


def rotated(word, by):
    return (word << by | word >> (32 - by)) & 0xFFFFFFFF


def hchacha20(key, nonce16):
    s = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce16))
    for _ in range(10):
        for a, b, c, d in ROUNDS:
            s[a] = (s[a] + s[b]) & 0xFFFFFFFF
            s[d] = rotated(s[d] ^ s[a], 16)
            s[c] = (s[c] + s[d]) & 0xFFFFFFFF
            s[b] = rotated(s[b] ^ s[c], 12)
            s[a] = (s[a] + s[b]) & 0xFFFFFFFF
            s[d] = rotated(s[d] ^ s[a], 8)
            s[c] = (s[c] + s[d]) & 0xFFFFFFFF
            s[b] = rotated(s[b] ^ s[c], 7)
    return struct.pack("<8I", *s[:4], *s[12:])


def xchacha_open(key, sealed, associated):
    """The plain bytes of nonce (24) ‖ ciphertext, or None."""
    if len(sealed) < 24 + 16:
        return None
    try:
        cipher = ChaCha20Poly1305(hchacha20(key, sealed[:16]))
        return cipher.decrypt(bytes(4) + sealed[16:24], sealed[24:], associated)
    except InvalidTag:
        return None
