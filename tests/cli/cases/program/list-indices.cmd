cd $SOURCE && $RIFT list indices && $RIFT list studies
