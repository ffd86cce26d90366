"""«Tải hồ sơ của tôi»: gathering one's whole record from every room, and handing it out."""
