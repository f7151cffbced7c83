$RIFT list --help
