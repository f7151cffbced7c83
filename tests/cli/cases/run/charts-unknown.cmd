sed 's/^charts:.*/charts: [ranking, lorens, map, layers, regions, gdp, partners]/' district-study.yaml > s.yaml; $RIFT run s.yaml -q -o out; $RIFT check s.yaml
