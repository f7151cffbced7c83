sed '/^divide:/,$d' district-study.yaml > s.yaml; printf 'divide: {serie: total, colour: 1}\naudit: {colour: 1}\nforecast: {targt: 95}\n' >> s.yaml; $RIFT check s.yaml
