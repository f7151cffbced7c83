printf "code: s\nyears: {first: 2000, last: 2001}\n" > s.yaml; $RIFT check s.yaml
