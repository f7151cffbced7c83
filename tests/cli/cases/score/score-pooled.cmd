# X over both years: 1..3; Y ranks over both years, the lowest best
$RIFT score pooled.yaml --data districts.csv
