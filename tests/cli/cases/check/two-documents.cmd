printf "code: a\n---\ncode: b\n" > d.yaml; $RIFT check d.yaml; printf "? [a]\n: b\n" > k.yaml; $RIFT check k.yaml; printf "a: *b\n" > l.yaml; $RIFT check l.yaml
