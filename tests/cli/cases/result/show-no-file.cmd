$RIFT show nowhere.h5
