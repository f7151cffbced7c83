$RIFT plot out mapp
