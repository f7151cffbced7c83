$RIFT check .
