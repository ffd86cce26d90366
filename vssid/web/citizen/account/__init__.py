"""«Thông tin tài khoản»: what an owner sees and changes of their account."""
