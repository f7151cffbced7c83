printf "code: x\nnormalisation: goalposts\nscale: 0,5\nnodes:\n  - {code: t, children: [q]}\n" > b.yaml; $RIFT check b.yaml
