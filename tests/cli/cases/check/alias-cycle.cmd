$RIFT check alias-cycle.yaml
