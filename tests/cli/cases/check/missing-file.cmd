$RIFT check no-such.yaml no-such.csv
