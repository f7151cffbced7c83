$RIFT list formats
