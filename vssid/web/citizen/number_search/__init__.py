"""«Tìm mã số BHXH»: the screens (guides U01, R16)."""
