$RIFT list options
