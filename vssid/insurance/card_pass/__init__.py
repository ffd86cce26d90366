"""«Mã xác thực»: the card in a signed, short-lived QR that a hospital checks offline.

The format stands in docs/card-pass.md, for whoever reads it without this program.
"""
