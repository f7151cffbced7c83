$RIFT check --json bad-keys.yaml | head -c 600
