$RIFT list planets
