cd $SOURCE && $RIFT check indicators/studies/three-layer.yaml indicators/indices/three-layer.yaml
