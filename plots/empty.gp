# A chart with nothing to show says so. note_1 ... n_note: lines that say why.
unset border; unset tics; unset grid; unset key
set xrange [0:1]; set yrange [0:1]
do for [i = 1:n_note] {
  set label i value(sprintf('note_%d', i)) at screen 0.5, screen 0.5 + 0.06 * (n_note + 1 - 2 * i) \
    center font ',13' textcolor rgb '#555555'
}
plot NaN notitle
