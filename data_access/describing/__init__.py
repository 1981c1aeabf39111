"""The contract of the shared database, printed for an IT colleague: a dictionary, SQL views to fill in, or JSON.

Everything comes from the descriptions in ``tables/``; a column added there is described here.
"""
