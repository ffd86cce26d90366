"""Files that arrive in parts over a line that breaks."""
