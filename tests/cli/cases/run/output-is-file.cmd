: > out && $RIFT run district-study.yaml -o out
