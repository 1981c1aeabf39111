"""``python -m data_access.migrations WORDS``: write the next revision from what the description has anew.

For whoever changes a table. What is written is a draft: read it, use the kinds of ``kinds``, and run its tests.
"""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from data_access.upgrading import configured, head


def main(words: str) -> None:
    """Write the next revision, called after ``words``."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = configured(connection)
        command.upgrade(config, "head")
        number = f"{int(head()) + 1:04}"
        command.revision(config, message=words, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or sys.exit("python -m data_access.migrations 'add a column'"))
