"""Invented crossings for the tests of reports: every field filled somewhere, and the names that break spreadsheets."""

from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Action, Crossing, Decision, Traveller
from checkpoint_core.screening.model import Declaration, Evidence, Place, Provenance, Reason, Verdict

HOSTILE = ("Đoàn Thị Ánh Nguyệt", "=cmd|' /C calc'!A0", "+Cộng Văn Trừ", "@SUM(A1)", "Nguyễn 😀 Ặ Ữ ỹ", '-Lê "Ngoặc", Phẩy')
REASONS = ("zone-residence", "symptoms", "watch-contact-1", "origin-unknown")
ACTIONS: tuple[Action, ...] = ("admitted", "turned-back", "referred")


def reason(code: str) -> Reason:
    return Reason(code, "attention", Evidence(code, "claimed", Provenance("declaration")))


def traveller(n: int, name: str) -> Traveller:
    identity = Identity(
        number=f"036185{n:06d}",
        old_number="012345678" if n % 3 == 0 else None,
        name=name,
        sex=("male", "female")[n % 2],
        birth_date=("1985-04-30", "1990", "1990-05", "1899-01-02")[n % 4],
        address="Thôn 4, Xã Giao Thử, Ninh Bình",
    )
    declaration = Declaration(
        origin=Place("Ninh Bình", "p:37"),
        destinations=(Place("Hà Nội", "p:01"), Place("Bắc Ninh", "p:24")),
        purpose="work",
        phone="+84912345678",
        symptoms=("fever", "cough") if n % 5 == 0 else (),
        test="negative",
        test_on="2026-11-23",
        doses=2,
    )
    reasons = (reason(REASONS[n % len(REASONS)]),) if n % 2 else ()
    return Traveller(identity, "cccd", declaration, Verdict("attention" if reasons else "clear", reasons, 1))


def crossing(n: int, *, name: str = "Lê Thị Thử", why: str = "", people: int = 1, plate: str = "29B112345") -> Crossing:
    """The n-th invented crossing."""
    return Crossing(
        checkpoint="phap-van",
        lane="2",
        direction="out" if n % 4 == 0 else "in",
        travellers=tuple(traveller(n + i, name) for i in range(people)),
        decision=Decision(ACTIONS[n % 3], why, override=n % 10 == 0),
        vehicle="car",
        plate=plate,
        happened_at="2026-11-24T01:30:00.000Z" if n % 7 == 0 else None,
    )
