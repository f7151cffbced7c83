sed "s/nation.csv/bad-nation.csv/" bad-tables.yaml > b.yaml; $RIFT run b.yaml 2>&1 | grep -c -E "bad-(nation|countries|outlines).csv:"
