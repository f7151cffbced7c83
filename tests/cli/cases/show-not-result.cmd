$RIFT show districts.csv
