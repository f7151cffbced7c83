$RIFT run district-study.yaml -q -o out && $RIFT export out panel -o p.csv && cat p.csv && $RIFT export out panel -o no/p.csv
