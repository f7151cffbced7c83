$RIFT run district-study.yaml -q -o out && $RIFT export out scores && $RIFT export out groups && $RIFT export out weights --to json
