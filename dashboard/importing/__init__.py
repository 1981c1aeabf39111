"""What the import page needs besides Streamlit: its door, the work on a file, and how results are shown."""
