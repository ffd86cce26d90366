"""The app and portal of insured persons, guardians and visitors."""
