$RIFT plot --help
