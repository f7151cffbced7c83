$RIFT run bad-tables.yaml
