$RIFT check bad-keys.yaml
