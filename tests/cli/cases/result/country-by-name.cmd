$RIFT run district-study.yaml -q --no-charts --no-report -o out; $RIFT divide out contributions --compare "East Side,Weat"
