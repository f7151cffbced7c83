sed "s/charts: .*/charts: [gini]/" district-study.yaml > s.yaml && mkdir bin && ln -s "$RIFT" bin/rift && PATH=$PWD/bin rift run s.yaml -o out; echo "status $?"; [ -e out ] || echo "nothing written"
