"""«Câu hỏi thường gặp» and «Trợ lý» (guides U05, W02)."""
