"""Exhibits of one subject each, for the pages of the same name."""
