"""The first schema: devices, releases, the population register, and what comes in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_device_number"), "changes", ["device", "number"], unique=False)
    op.create_table(
        "citizens",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("former_numbers", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("birth_date", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("household", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_citizens")),
    )
    op.create_index(op.f("ix_citizens_folded"), "citizens", ["folded"], unique=False)
    op.create_index(op.f("ix_citizens_former_numbers"), "citizens", ["former_numbers"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_citizens_household"), "citizens", ["household"], unique=False)
    op.create_table(
        "devices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_enrolment_codes")),
    )
    op.create_table(
        "releases",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "version", name=op.f("pk_releases")),
    )
    op.create_table(
        "used_assertions",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("jti", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("device", "jti", name=op.f("pk_used_assertions")),
    )
    op.create_index(op.f("ix_used_assertions_expires_at"), "used_assertions", ["expires_at"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("receipt_body", sa.String(), nullable=False),
        sa.Column("receipt_signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name=op.f("fk_entries_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("device", "sequence", name=op.f("uq_entries_device_sequence")),
    )
    op.create_index(op.f("ix_entries_device_shift"), "entries", ["device", "shift"], unique=False)
    op.create_table(
        "quarantined",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", postgresql.BYTEA(), nullable=False),
        sa.Column("signature", postgresql.BYTEA(), nullable=False),
        sa.Column("receipt_body", sa.String(), nullable=False),
        sa.Column("receipt_signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name=op.f("fk_quarantined_device")),
        sa.PrimaryKeyConstraint("device", "digest", "mark", name=op.f("pk_quarantined")),
    )
    op.create_table(
        "vaccinations",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dose", sa.Integer(), nullable=False),
        sa.Column("vaccine", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["citizens.number"], name=op.f("fk_vaccinations_number"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", "dose", name=op.f("pk_vaccinations")),
    )
    op.create_table(
        "crossings",
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("override", sa.Boolean(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=True),
        sa.Column("plate", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name=op.f("fk_crossings_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_crossings")),
    )
    op.create_index(op.f("ix_crossings_checkpoint_at"), "crossings", ["checkpoint", "at"], unique=False)
    op.create_index(op.f("ix_crossings_device_shift"), "crossings", ["device", "shift"], unique=False)
    op.create_index(op.f("ix_crossings_original"), "crossings", ["original"], unique=False)
    op.create_index(op.f("ix_crossings_plate"), "crossings", ["plate"], unique=False)
    op.create_table(
        "shift_closings",
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("claimed_entries", sa.BigInteger(), nullable=False),
        sa.Column("claimed_counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counted_entries", sa.BigInteger(), nullable=False),
        sa.Column("counted_counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name=op.f("fk_shift_closings_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_shift_closings")),
    )
    op.create_index(op.f("ix_shift_closings_device_shift"), "shift_closings", ["device", "shift"], unique=False)
    op.create_table(
        "travellers",
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("origin_unit", sa.String(), nullable=True),
        sa.Column("destination_units", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column("differing", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["crossings.entry"], name=op.f("fk_travellers_entry")),
        sa.PrimaryKeyConstraint("entry", "index", name=op.f("pk_travellers")),
    )
    op.create_index(op.f("ix_travellers_folded"), "travellers", ["folded"], unique=False)
    op.create_index(op.f("ix_travellers_number"), "travellers", ["number"], unique=False)
    op.create_index(op.f("ix_travellers_origin_unit"), "travellers", ["origin_unit"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_travellers_origin_unit"), table_name="travellers")
    op.drop_index(op.f("ix_travellers_number"), table_name="travellers")
    op.drop_index(op.f("ix_travellers_folded"), table_name="travellers")
    op.drop_table("travellers")
    op.drop_index(op.f("ix_shift_closings_device_shift"), table_name="shift_closings")
    op.drop_table("shift_closings")
    op.drop_index(op.f("ix_crossings_plate"), table_name="crossings")
    op.drop_index(op.f("ix_crossings_original"), table_name="crossings")
    op.drop_index(op.f("ix_crossings_device_shift"), table_name="crossings")
    op.drop_index(op.f("ix_crossings_checkpoint_at"), table_name="crossings")
    op.drop_table("crossings")
    op.drop_table("vaccinations")
    op.drop_table("quarantined")
    op.drop_index(op.f("ix_entries_device_shift"), table_name="entries")
    op.drop_table("entries")
    op.drop_index(op.f("ix_used_assertions_expires_at"), table_name="used_assertions")
    op.drop_table("used_assertions")
    op.drop_table("releases")
    op.drop_table("enrolment_codes")
    op.drop_table("devices")
    op.drop_index(op.f("ix_citizens_household"), table_name="citizens")
    op.drop_index(op.f("ix_citizens_former_numbers"), table_name="citizens", postgresql_using="gin")
    op.drop_index(op.f("ix_citizens_folded"), table_name="citizens")
    op.drop_table("citizens")
    op.drop_index(op.f("ix_changes_device_number"), table_name="changes")
    op.drop_table("changes")
