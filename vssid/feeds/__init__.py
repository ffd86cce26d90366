"""Bulk data in: parse, stage, check, apply, report. Nothing lives here yet."""
