sed "s/column: income/column: wealth/" bad-tables.yaml > b.yaml; $RIFT run b.yaml; sed "s/bad-countries/districts/" bad-tables.yaml > c.yaml; $RIFT run c.yaml
