$RIFT run x.yaml --no-chart
