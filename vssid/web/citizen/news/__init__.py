"""«Tin tức» as everybody reads it (guides U04)."""
