$RIFT --help > /dev/full
