$RIFT run district-study.yaml -q -o out && cp out/districts.h5 out/b.h5 && $RIFT show out
