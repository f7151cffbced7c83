$RIFT score good-index.yaml --data districts.csv --year 2020 --country East -v
