"""What an identity paper says by its QR code and MRZ: parsing, reading from photos, comparing."""
