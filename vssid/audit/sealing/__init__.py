"""Chains over the committed events, and their signed heads: docs/operations.md, «Audit».

`chains` and `heads` are pure; `commands` writes, `verifying` reads everything again.
"""
