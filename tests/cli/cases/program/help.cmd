$RIFT --help
