"""What people ask: the bank of answers, the search over it, and the assistant («Trợ lý»)."""
