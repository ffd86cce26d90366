"""How often a thing may be done: one limiter, atomic in PostgreSQL."""
