"""Screens only; templates stand beside them."""
