$RIFT score good-index.yaml --data districts.csv --year 2021 --to json
