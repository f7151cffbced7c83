$RIFT check negative-geometric.yaml
