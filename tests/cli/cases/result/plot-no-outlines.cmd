$RIFT run district-study.yaml -q -o out && $RIFT plot out map
