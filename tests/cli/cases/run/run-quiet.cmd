$RIFT run district-study.yaml -q -o out && ls out && $RIFT show out && $RIFT show out divide --year 2021
