"""Of several codes in view, the one that most likely says who somebody is comes first."""

from collections.abc import Iterable

from checkpoint_app.scanner.code import Code
from checkpoint_core import identity

_RANK = {kind: rank for rank, kind in enumerate(("cccd", "can-cuoc", "pc-covid", "bhyt", "mrz-td1", "mrz-td3"))}


def kind_of(code: Code) -> str:
    """What identity takes the code for: 'cccd', ..., 'unknown'."""
    return identity.read(code.raw).kind


def likeliest_first(codes: Iterable[Code]) -> list[Code]:
    """`codes` with identity documents before bare numbers before what nobody knows; otherwise in the order read."""
    return sorted(codes, key=_rank)


def _rank(code: Code) -> int:
    kind = kind_of(code)
    return len(_RANK) + 1 if kind == "unknown" else _RANK.get(kind, len(_RANK))
