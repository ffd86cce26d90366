"""«Phản ánh kiến nghị»: a person reports a line of their record and follows what becomes of it."""
