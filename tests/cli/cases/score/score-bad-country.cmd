$RIFT score good-index.yaml --data districts.csv --country South
