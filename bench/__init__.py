"""What is measured and what is broken on purpose, outside of the test run."""
