"""The tables' past: one revision per change, up and down, run by ``python -m data_access upgrade``."""
