"""A person's tables as files: JSON for programs, CSV for spreadsheets, PDF for reading."""
