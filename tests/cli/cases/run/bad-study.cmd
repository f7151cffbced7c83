$RIFT run bad-study.yaml
