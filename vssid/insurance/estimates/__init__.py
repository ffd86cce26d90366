"""What a benefit would come to: pure rules over values, each with its steps, tables and laws.

Months are `vssid.kernel.months`, money is whole đồng, the day is passed in. What a page says of a
result stands in the page: here are codes and figures only.
"""
