"""The machine API. Nothing lives here yet."""
