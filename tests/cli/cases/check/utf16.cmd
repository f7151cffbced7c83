$RIFT check utf16.yaml
