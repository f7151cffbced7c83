$RIFT import --help
