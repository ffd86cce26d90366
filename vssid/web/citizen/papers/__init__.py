"""The statement of contributions: taken by its owner, checked by whoever holds it."""
