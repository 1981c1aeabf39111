"""Find promises by their day, as the board asks for them year by year.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_proposal_reply_promised_on"), "proposal_reply", ["promised_on"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_proposal_reply_promised_on"), "proposal_reply")
