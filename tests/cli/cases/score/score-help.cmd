$RIFT score --help
