cd $SOURCE && $RIFT list series
