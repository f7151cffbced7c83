$RIFT run good-index.yaml; $RIFT score district-study.yaml --data districts.csv
