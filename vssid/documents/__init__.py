"""Typeset documents (Typst), QR codes, and signatures under PDFs."""
