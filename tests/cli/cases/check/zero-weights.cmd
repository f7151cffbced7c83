$RIFT check zero-weights.yaml
