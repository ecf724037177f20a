"""How an instance proves which one it is: another program may have its port after a crash.

A command sends a random challenge; the answer proves the secret in the instance's note, which only
the note's owner can read. The address is part of the proof, so that no program can pass the
challenge on to the instance and its answer back.
"""

CHALLENGE = "creditcurve-challenge"
PROOF = "creditcurve-proof"


def proof(secret: str, address: str, challenge: str) -> str:
    """Return the proof for a challenge.

    Args:
        secret: the secret of the instance's note.
        address: the address in the note.
        challenge: the value that the command chose.
    """
    import hmac  # noqa: PLC0415 - it loads OpenSSL: the status line waits for an answer meanwhile

    message = f"creditcurve {address} {challenge}".encode("utf-8", "surrogateescape")
    return hmac.digest(secret.encode(), message, "sha256").hex()


def is_proof(given: str, secret: str, address: str, challenge: str) -> bool:
    """Return whether a proof is that of the instance."""
    import hmac  # noqa: PLC0415 - as in ``proof``

    expected = proof(secret, address, challenge)
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
