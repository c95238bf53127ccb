"""The first tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("left", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_entries_id")),
    )
    op.create_index("ix_entries_corrects", "entries", ["corrects"], sqlite_where=sa.text("corrects IS NOT NULL"))
    op.create_index("ix_entries_quarantined", "entries", ["sequence"], sqlite_where=sa.text("outcome = 'quarantined'"))
    op.create_index("ix_entries_shift", "entries", ["shift", "outcome"])
    op.create_index("ix_entries_waiting", "entries", ["sequence"], sqlite_where=sa.text("outcome IS NULL"))
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pin", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("name", name=op.f("uq_officers_name")),
    )
    op.create_table(
        "refused_releases",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_refused_releases")),
    )
    op.create_table(
        "releases",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued", sa.String(), nullable=False),
        sa.Column("applied_at", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_releases")),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("handed_to", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_officer"), "shifts", ["officer"])
    op.create_table(
        "verifications",
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("crossing", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("entry", "position", name=op.f("pk_verifications")),
    )
    op.create_index(op.f("ix_verifications_crossing"), "verifications", ["crossing"])
    op.create_index(op.f("ix_verifications_number"), "verifications", ["number"])
    op.create_table(
        "crossings",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sequence"], ["entries.sequence"], name=op.f("fk_crossings_sequence_entries")),
        sa.ForeignKeyConstraint(["latest"], ["entries.sequence"], name=op.f("fk_crossings_latest_entries")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_crossings")),
    )
    op.create_index(op.f("ix_crossings_happened"), "crossings", ["happened"])
    op.create_table(
        "receipts",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sequence"], ["entries.sequence"], name=op.f("fk_receipts_sequence_entries")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_receipts")),
    )
    op.create_table(
        "traveller_numbers",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("crossing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["crossing"], ["crossings.sequence"], name=op.f("fk_traveller_numbers_crossing_crossings")),
        sa.PrimaryKeyConstraint("number", "crossing", name=op.f("pk_traveller_numbers")),
        sqlite_with_rowid=False,
    )
    op.execute("CREATE VIRTUAL TABLE crossing_search USING fts5(text, content='', columnsize=0, tokenize='trigram')")


def downgrade() -> None:
    op.execute("DROP TABLE crossing_search")
    op.drop_table("traveller_numbers")
    op.drop_table("receipts")
    op.drop_table("crossings")
    op.drop_table("verifications")
    op.drop_table("shifts")
    op.drop_table("releases")
    op.drop_table("refused_releases")
    op.drop_table("officers")
    op.drop_table("facts")
    op.drop_table("entries")
