"""Deputies: who serves, what is the composition, who reported to voters, contact, training, activity in bands."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import deputies as glance
from dashboard.subjects.deputies_composition import BY_ATTRIBUTE
from dashboard.subjects.deputies_duty import BY_TOWNSHIP, DOUBLE_CONTACT
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "deputies",
    Text("代表履职", "Deputies"),
    Text(
        "人数、结构为期末在任（存量），述职为本届累计，联系、培训、进站和活动为所选年份内发生",
        "numbers and composition as on the last day, reports over the term; contact, training and activity within the "
        "years chosen",
    ),
    rows=(
        glance.HEADLINE,
        (glance.SERVING_BY_TOWNSHIP, BY_TOWNSHIP),  # who serves, which seats are vacant; who has reported to voters
        BY_ATTRIBUTE,  # who they are, against the last term
        DOUBLE_CONTACT,  # are contacts kept, by whom
        (glance.AT_SITES, glance.IN_BANDS),  # assigned and attended; how much is on record, nobody ranked
        (glance.BY_TRAINING, glance.BY_KIND),  # who was trained; what was held
    ),
    records=METRICS["L15.all"],
)

if __name__ == "__main__":
    show(PAGE)
