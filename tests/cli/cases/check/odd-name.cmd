$RIFT check "$(printf "no\033[31m\nsuch.csv")"
