$RIFT run district-study.yaml -q -o out && $RIFT show out means --year 2021 --json
