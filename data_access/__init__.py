"""Everything known about the shared database; knows nothing of how it is shown."""

import pandas

# Answers are short: pandas' usual text columns, made for millions of rows, take half again as long to draw a page from.
pandas.set_option("mode.string_storage", "python")
