$RIFT run district-study.yaml -q -o out && $RIFT show out country --country West --year 2020 && $RIFT show out provenance | grep -v libraries | grep -v "^rift "
