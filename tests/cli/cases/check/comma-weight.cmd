sed "s/\"0,5\"/0,5/" bad-keys.yaml > comma.yaml && $RIFT check comma.yaml 2>&1 | sed -n "/comma.yaml:13/,+2p"
