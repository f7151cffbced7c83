$RIFT run district-study.yaml -q -o out && $RIFT show out rankng
