"""«Tìm mã số BHXH»: what people know of themselves leads to their number (guides U01, R16)."""
