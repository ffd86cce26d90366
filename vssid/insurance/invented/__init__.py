"""Invented people of Vietnam whose lives hold together: for the demo, for tests and for measuring.

Nothing here stands for a real person or enterprise; every person and employer says so by
`is_invented`. Pure Python: no database, no clock; the caller names the day.
"""
