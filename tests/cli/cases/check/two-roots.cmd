$RIFT check two-roots.yaml
