"""«Đăng ký cho con»: a guardian declares a child by their own account (guides C01–C06)."""
