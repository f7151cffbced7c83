$RIFT check --color=always zero-weights.yaml
