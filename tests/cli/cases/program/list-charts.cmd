$RIFT list charts --json
