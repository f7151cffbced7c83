$RIFT list --json
