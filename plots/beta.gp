# Growth against the start. file_points1 ... n_panel: start, growth, code; start_P and slope_P
# the line, note_P what it says, unit_P what one in the unit itself says, axis_P the scale.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) \
  title 'Beta convergence: do those behind grow faster?' \
  margins screen 85.0 / width, screen 0.975, screen 70.0 / height, screen 1 - 85.0 / height \
  spacing screen 95.0 / width, screen 115.0 / height
unset key
set format y '%g'
set offsets 0, 0, graph 0.17, 0
do for [i = 1:n_panel] {
  points_of = value(sprintf('file_points%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  set xlabel value(sprintf('axis_%d', i)) offset 0,0.4
  set ylabel 'growth a year on that scale' offset 1,0
  set label 1 value(sprintf('note_%d', i)) at graph 0.98, graph 0.95 right font ',10' textcolor rgb '#555555'
  set label 2 value(sprintf('unit_%d', i)) at graph 0.98, graph 0.89 right font ',10' textcolor rgb '#555555'
  a = value(sprintf('start_%d', i)); b = value(sprintf('slope_%d', i))
  plot points_of using 1:2 with points pointtype 7 pointsize 0.45 linecolor rgb colour(1), \
    a + b * x with lines linewidth 2 linecolor rgb colour(2)
  unset label 99
}
unset multiplot
