$RIFT check cycle-all.yaml
