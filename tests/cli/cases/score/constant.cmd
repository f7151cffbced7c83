$RIFT score constant.yaml --data constant.csv
