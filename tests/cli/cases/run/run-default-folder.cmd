$RIFT run district-study.yaml && $RIFT run district-study.yaml --json
