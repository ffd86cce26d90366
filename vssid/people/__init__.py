"""Insured persons, households and guardianship."""
