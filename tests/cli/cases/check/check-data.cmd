cd $SOURCE && $RIFT check data/use.csv
