"""Typeset documents (Typst) and QR codes."""
