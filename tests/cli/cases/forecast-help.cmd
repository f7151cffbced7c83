$RIFT forecast --help
