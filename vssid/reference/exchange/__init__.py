"""The directories as CSV files that operators bring and take: docs/directories.md."""
