"""Measurements of the board beside a baseline, printed as tables; run by ``make bench``, never by the tests."""
