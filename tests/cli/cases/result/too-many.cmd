$RIFT show a b c
