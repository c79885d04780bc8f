"""Passkeys (WebAuthn): a key that signs what we ask, for this site's name only."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.factors import ISSUER
from feedback.models.factors import Passkey
from feedback.models.officers import Officer


@dataclass(frozen=True, slots=True)
class Site:
    """The name a key is made for, and the origin a browser must name."""

    name: str
    origin: str

    @property
    def can(self) -> bool:
        """Keys are bound to names: browsers make none for a bare address."""
        try:
            ip_address(self.name.strip("[]"))
        except ValueError:
            return True
        return False


def keys_of(session: Session, officer_id: int) -> list[Passkey]:
    return list(
        session.scalars(
            select(Passkey).where(Passkey.officer_id == officer_id).order_by(Passkey.id)
        )
    )


def ask_for_new(site: Site, officer: Officer, known: list[Passkey]) -> tuple[bytes, str]:
    """The challenge to keep, and the options (JSON) the browser makes a key by."""
    import webauthn  # noqa: PLC0415 - heavy
    from webauthn.helpers import structs  # noqa: PLC0415 - heavy

    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=ISSUER,
        user_name=officer.email,
        user_display_name=officer.name,
        user_id=f"officer-{officer.id}".encode(),
        exclude_credentials=_descriptors(known),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            user_verification=structs.UserVerificationRequirement.PREFERRED
        ),
    )
    return options.challenge, webauthn.options_to_json(options)


def ask_for_proof(site: Site, known: list[Passkey]) -> tuple[bytes, str]:
    """The challenge to keep, and the options (JSON) the browser signs it by."""
    import webauthn  # noqa: PLC0415 - heavy

    options = webauthn.generate_authentication_options(
        rp_id=site.name, allow_credentials=_descriptors(known)
    )
    return options.challenge, webauthn.options_to_json(options)


def _descriptors(known: list[Passkey]) -> list[Any]:
    from webauthn.helpers import structs  # noqa: PLC0415 - heavy

    return [structs.PublicKeyCredentialDescriptor(id=key.credential_id) for key in known]


def new_key(site: Site, challenge: bytes, answer: str) -> Passkey | None:
    """The key the browser made on our challenge, still without owner; none if it does not hold."""
    import webauthn  # noqa: PLC0415 - heavy
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - heavy

    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=False,  # the password was the first factor
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return Passkey(
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )


def use_key(known: list[Passkey], site: Site, challenge: bytes, answer: str, at: datetime) -> bool:
    """Whether one of these keys signed our challenge. The caller commits."""
    import webauthn  # noqa: PLC0415 - heavy
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415 - heavy
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - heavy

    try:
        shown = parse_authentication_credential_json(answer)
        key = next((one for one in known if one.credential_id == shown.raw_id), None)
        if key is None:
            return False
        proof = webauthn.verify_authentication_response(
            credential=shown,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=False,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    key.sign_count, key.used_at = proof.new_sign_count, at
    return True
