"""The quality of the data: what is missing, late, contradictory or there twice, by table, rule, year, place and office.

To add a rule: between columns in ``tables/sanity.py``, which the check and the import ask too; a column that should be
filled in ``expected.py``; what names a duplicate in ``twice.py``. Who keeps a table is said in ``register.py``.
"""
