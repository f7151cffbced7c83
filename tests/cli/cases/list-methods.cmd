$RIFT list methods
