$RIFT score good-index.yaml --data districts.csv --year 20
