"""The text of an address that is sealed."""

import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.channel import Address
from creditcurve.domain.secret import Secret


class _SealedAddress(msgspec.Struct, frozen=True):
    url: str
    secret: str | None


def encoded_address(address: Address) -> Secret:
    """Return an address as the text to seal."""
    secret = None if address.secret is None else address.secret.reveal().decode()
    return Secret(msgspec.json.encode(_SealedAddress(address.url.reveal().decode(), secret)))


def decoded_address(text: Secret) -> Address:
    """Return the address of an unsealed text."""
    found = decode(text.reveal(), _SealedAddress)
    return Address(Secret.of(found.url), None if found.secret is None else Secret.of(found.secret))
