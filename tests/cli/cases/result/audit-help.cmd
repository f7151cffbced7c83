$RIFT audit --help
