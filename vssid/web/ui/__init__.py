"""The shell and the components that every screen is made of."""
