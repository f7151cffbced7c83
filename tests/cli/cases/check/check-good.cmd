$RIFT check good-index.yaml $SOURCE/indicators/series/access.yaml
