$RIFT check no-map.yaml
