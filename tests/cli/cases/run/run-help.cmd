$RIFT run --help
