$RIFT check bad-data.csv
