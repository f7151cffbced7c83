$RIFT check open-quote.yaml
