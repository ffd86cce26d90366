"""The only writers of drafts and declarations."""
