"""What every personnel exhibit shares: election years, and what is said where a township filter leaves nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from dashboard.exhibits.exhibit import View
from dashboard.exhibits.labels import last_years
from dashboard.subjects.whole_district import Matter
from data_access.lists import regions
from data_access.metrics import METRICS
from data_access.text import Text

PATH = "/personnel"
ELECTION = Text("换届", "new term")

of_the_district = Matter(
    path=PATH,
    counts=(METRICS["A01"], METRICS["A01.elect"], METRICS["A01.lay"], METRICS["A01.elc"]),
    why=Text(
        "人事任免由{word}人大及其常委会决定，不按乡镇（街道）区分，所选乡镇没有对应记录。请点右上“看全{word}”，或在左侧取消乡镇筛选。",
        "Appointments are decided for the whole district and belong to no township, so this choice has none. Follow "
        "“Whole district” at the top right, or clear the townships on the left.",
    ),
    short=Text(
        "任免不按乡镇（街道）区分，所选乡镇没有记录。", "Appointments belong to no township; none in this choice."
    ),
).wrap


def election_years(connection: Connection, view: View) -> tuple[int, ...]:
    """Years shown in which a new term began to work; none where terms are not on record."""
    # The middle of the next year lies in the term that began in this one; where no term is known it answers itself.
    gaps = view.context.reported.absent
    return tuple(y for y in last_years(view) if regions.term_start(connection, date(y + 1, 6, 30), absent=gaps) == y)
