$RIFT divide --help columns | sed -n 1,3p; $RIFT show out -h columns | grep -c "^claims "; $RIFT list columns > all; $RIFT --help columns | diff - all && echo the same; $RIFT fetch --help columns
