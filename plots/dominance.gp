# Lorenz curves of the first and the last year. file_curve1 ... n_panel: share of units, share
# of the value; one block a year, key_P_K its name, curves_P how many, note_P the test's word.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) \
  title 'The same countries then and now: the further from the diagonal, the wider the divide' \
  margins screen 80.0 / width, screen 0.98, screen 70.0 / height, screen 1 - 85.0 / height \
  spacing screen 90.0 / width, screen 120.0 / height
set size ratio -1
set xrange [0:1]; set yrange [0:1]
set xtics 0.25; set ytics 0.25
set key top left reverse Left samplen 2
set xlabel axis_x; set ylabel 'cumulative share of the value' offset 1,0
do for [i = 1:n_panel] {
  curve = value(sprintf('file_curve%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  set label 1 value(sprintf('note_%d', i)) at graph 0.04, graph 0.73 left font ',10' textcolor rgb '#555555'
  n = value(sprintf('curves_%d', i))
  plot x with lines linecolor rgb '#999999' dashtype 2 title 'all equal', \
    for [k = 1:n] curve using 1:2 index k - 1 with lines linewidth 2 \
      linecolor rgb colour(k) title value(sprintf('key_%d_%d', i, k))
  unset label 99
}
unset multiplot
