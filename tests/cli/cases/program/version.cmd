$RIFT --version | sed "s/[0-9.]*$//"
