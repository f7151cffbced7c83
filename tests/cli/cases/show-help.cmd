$RIFT show --help
