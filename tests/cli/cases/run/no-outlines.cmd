sed "s/bad-outlines/no-outlines/" bad-tables.yaml > b.yaml; $RIFT run b.yaml 2>&1 | grep outlines; sed "s/bad-outlines/empty-outlines/" bad-tables.yaml > b.yaml; $RIFT run b.yaml 2>&1 | grep outlines
