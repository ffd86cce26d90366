"""Finds entries of the directories by what people type: see `index` for how."""
