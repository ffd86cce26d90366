"""«Kiểm tra thẻ»: the one screen of health facilities."""
