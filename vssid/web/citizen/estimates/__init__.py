"""«Ước tính»: what six benefits would come to, filled in from one's own record."""
