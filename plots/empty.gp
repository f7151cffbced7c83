# A chart with nothing to show says so. note: why.
unset border; unset tics; unset grid; unset key
set xrange [0:1]; set yrange [0:1]
set label 1 note at screen 0.5, screen 0.5 center font ',13' textcolor rgb '#555555'
plot NaN notitle
