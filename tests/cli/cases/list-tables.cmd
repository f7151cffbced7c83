$RIFT list tables
