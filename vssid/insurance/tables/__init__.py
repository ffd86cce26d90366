"""Laws as data: every figure with the months in which it holds and where it is written."""
