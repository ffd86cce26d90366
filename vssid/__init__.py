"""VssID: the citizen's app and service portal of a social insurance agency."""
