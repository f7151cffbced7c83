$RIFT rnu
