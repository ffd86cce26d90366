"""Offices that end: the plan, what is wrong with it, and what becomes of the directory."""
