"""What pages are made of: one small file a kind of exhibit."""
