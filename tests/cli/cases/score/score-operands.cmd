$RIFT score --data districts.csv good-index.yaml --year 2021 --country East
