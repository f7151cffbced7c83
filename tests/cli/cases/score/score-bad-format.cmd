$RIFT score good-index.yaml --data districts.csv --to xml
