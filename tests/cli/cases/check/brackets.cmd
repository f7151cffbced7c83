$RIFT check brackets.yaml 2>&1 | cut -c1-200
