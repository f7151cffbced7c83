$RIFT check tab.yaml
