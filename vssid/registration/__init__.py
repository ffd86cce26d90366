"""The declaration (Mẫu số 01): draft, photos, filing, the office's decision."""
