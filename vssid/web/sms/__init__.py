"""Commands that arrive by SMS. Nothing lives here yet."""
