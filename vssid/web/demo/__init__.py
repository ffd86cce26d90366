"""What only the demo has: invented people and the demo phone."""
