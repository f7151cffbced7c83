$RIFT check cycle.yaml
