"""The desk of each office."""
