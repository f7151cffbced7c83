$RIFT export --help
