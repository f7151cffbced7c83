$RIFT check large.yaml
