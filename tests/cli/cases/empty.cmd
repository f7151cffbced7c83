$RIFT check empty.yaml
