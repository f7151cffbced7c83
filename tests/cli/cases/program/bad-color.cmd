$RIFT list charts --color red
