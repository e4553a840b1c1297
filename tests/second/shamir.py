"""Shamir's scheme over GF(256) with the polynomial 0x11D, byte by byte: the secret is the value at x = 0."""

EXP = [0] * 510
LOG = [0] * 256
value = 1
for power in range(255):
    EXP[power] = EXP[power + 255] = value
    LOG[value] = power
    value <<= 1
    if value & 0x100:
        value ^= 0x11D


def multiplied(a, b):
    return EXP[LOG[a] + LOG[b]] if a and b else 0


def divided(a, b):
    return EXP[LOG[a] - LOG[b] + 255] if a else 0


def secret(shares):
    """What the shares {x: bytes} say at x = 0. Subtracting is adding here, so that the signs of Lagrange go."""
    result = bytearray(len(next(iter(shares.values()))))
    for x, share in shares.items():
        weight = 1
        for other in shares:
            if other != x:
                weight = multiplied(weight, divided(other, other ^ x))
        for place, byte in enumerate(share):
            result[place] ^= multiplied(weight, byte)
    return bytes(result)
