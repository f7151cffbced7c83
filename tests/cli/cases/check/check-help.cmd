$RIFT check --help
