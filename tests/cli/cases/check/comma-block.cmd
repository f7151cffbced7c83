printf "code: x\nnormalisation: goalposts\nbest_score: 0,5\nnodes:\n  - {code: t, children: [q]}\n" > b.yaml; $RIFT check b.yaml
