"""Everything known about the shared database; knows nothing of how it is shown."""
