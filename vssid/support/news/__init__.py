"""«Tin tức» (guides U04): written and scheduled by operators, read by everybody."""
