$RIFT score good-index.yaml --data
